#!/usr/bin/env bash
# Lock every requirements file: exact versions with hashes, no addresses.
set -euo pipefail
cd "$(dirname "$0")/.."
lock() {
  .venv/bin/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 \
    --no-emit-index-url --no-header --no-annotate "$1.in" -o "$1.lock" "${@:2}"
}
lock requirements
# What stands in several locks stands in all with one version.
lock requirements-blocks --constraint requirements.lock
lock requirements-dev --constraint requirements.lock --constraint requirements-blocks.lock
lock requirements-node
lock requirements-uv
