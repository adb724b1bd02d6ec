#!/bin/sh
# Write requirements/*.txt from pyproject.toml: every version pinned, with the hashes of all its files, for every platform.
# Runs under `make lock`. Which index is asked is the business of the machine and does not reach the files.
set -eu
cd "$(dirname "$0")/.."

export CUSTOM_COMPILE_COMMAND="make lock"

compile() { # compile OUTPUT ARGUMENTS…
    output=$1
    shift
    echo "$output" >&2
    pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras \
        --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
        --output-file "$output" "$@" pyproject.toml requirements/build.in
}

# Each set is complete in itself, and bound to the one before, so that all fit into one environment.
compile requirements/run.txt "$@" --extra office
compile requirements/dev.txt "$@" --extra office --extra dev --constraint requirements/run.txt
compile requirements/bench.txt "$@" --extra office --extra bench --constraint requirements/run.txt --constraint requirements/dev.txt
# Where a machine has no npm: the wheel that brings it, fetched on demand (gongkai.office.look.npm).
echo requirements/node.txt >&2
pip-compile --quiet --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
    --output-file requirements/node.txt "$@" requirements/node.in
