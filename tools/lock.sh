#!/usr/bin/env bash
# Pin requirements.txt and requirements-dev.txt; needs the program uv on the PATH.
set -eu
compile() { uv pip compile --universal --generate-hashes --no-header --no-annotate --python-version 3.11 --quiet "$@"; }
compile requirements.in -o requirements.txt
compile requirements.in requirements-dev.in -o requirements-dev.txt
