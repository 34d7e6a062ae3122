#!/usr/bin/env bash
# Pin requirements.txt and requirements-dev.txt from pyproject.toml; needs the program uv on the PATH.
set -eu
compile() { uv pip compile --universal --generate-hashes --no-header --no-annotate --python-version 3.11 --quiet "$@"; }
compile pyproject.toml -o requirements.txt
compile pyproject.toml --all-extras -o requirements-dev.txt
