from jiangong.config.cli import run

run()
