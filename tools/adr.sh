#!/usr/bin/env bash
# Start a decision record with the next number.
set -euo pipefail
cd "$(dirname "$0")/../docs/adr"
title=${1:?Give it a title: make adr TITLE="Words of the decision"}
last=$(find . -name '[0-9]*.md' | sed 's|./||' | sort | tail -n 1 | cut -d- -f1)
number=$(printf '%04d' $((10#${last:-0} + 1)))
slug=$(printf '%s' "$title" | tr '[:upper:] ' '[:lower:]-' | tr -cd 'a-z0-9-')
printf '# %s. %s\n\n%s · proposed\n\n**Why.**\n\n**Decision.**\n\n**Consequences.**\n\n**Instead of.**\n' \
  "$((10#$number))" "$title" "$(date +%F)" > "$number-$slug.md"
echo "docs/adr/$number-$slug.md"
