"""Jiangong 建功: a ledger for a trade-union federation's part of a National Civilized City campaign."""

__version__ = "0.1.0"
