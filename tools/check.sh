#!/usr/bin/env bash
# Every check, each with its name; the first failure is shown and all others still run.
set -uo pipefail
cd "$(dirname "$0")/.."
failed=()
run() {
  local name=$1; shift
  local output
  if output=$("$@" 2>&1); then printf '  ok    %s\n' "$name"
  else printf '  FAIL  %s\n%s\n' "$name" "$output"; failed+=("$name"); fi
}
no_match() { ! git grep -nIE "$@"; }
run "ruff: lint" .venv/bin/ruff check --quiet .
run "ruff: format" .venv/bin/ruff format --check --quiet .
run "mypy: strict types" .venv/bin/mypy --no-error-summary lms courses assessments certificates bench tests manage.py
run "import-linter: layers" .venv/bin/lint-imports
run "djlint: templates" .venv/bin/djlint --lint --quiet frontend/templates
run "Django: system check" .venv/bin/python manage.py check --fail-level WARNING
run "Django: migrations are complete" .venv/bin/python manage.py makemigrations --check --dry-run
run "Django: production settings" tools/check_deploy.sh
run "translations: vi, en, de complete" .venv/bin/python tools/extract_messages.py --check
run "API schema: no warnings" .venv/bin/python manage.py spectacular --fail-on-warn --validate --file /dev/null
run "biome and tsc: front end" tools/node.sh npm --prefix frontend run check --silent
run "budget: first load of learner pages" tools/node.sh npm --prefix frontend run budget --silent
run "locks: no addresses" no_match '://' -- '*.lock' frontend/package-lock.json
run "templates: no inline script or style" no_match '<script>|<script [^>]*>[^<]|<style|[ "]style=|[ "]on[a-z]+="' -- 'frontend/templates/*.html' ':!frontend/templates/mail' ':!frontend/templates/courses/frame.html'
if [ ${#failed[@]} -gt 0 ]; then printf '\n%d checks failed: %s\n' "${#failed[@]}" "${failed[*]}"; exit 1; fi
printf '\nAll checks passed.\n'
