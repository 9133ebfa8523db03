#!/usr/bin/env bash
# Database, content, synthetic staff, then the server. Safe to run again: every step is idempotent.
set -euo pipefail
cd "$(dirname "$0")/.."
step() { printf '→ %s\n' "$*"; }
manage() { .venv/bin/python manage.py "$@"; }

step "Preparing the database"
manage migrate --verbosity 0
step "Loading 34 provinces, 3,321 communes and the central bodies"
manage load_organisations
manage load_press_agencies lms/demo/data/press_agencies.csv
step "Importing the modules from OLX"
manage import_olx $(dirname content/*/course.xml)
manage load_programmes
manage adopt_assets
step "Making ${STAFF:-4000} synthetic staff and the demo accounts"
manage load_demo_people --staff "${STAFF:-4000}" >/dev/null
step "Entering their certificates, and attempts at one quiz for its item analysis"
manage load_demo_certificates
manage show_demo_accounts
exec tools/run.sh
