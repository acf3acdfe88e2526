"""The lists of activities, venues and lecturers as Excel sheets."""
