#!/usr/bin/env bash
# Django's deployment check, with settings as a production server would have them.
set -euo pipefail
cd "$(dirname "$0")/.."
key() { .venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(64))'; }
LANTOA_ENV=production LANTOA_SECRET_KEY=$(key) LANTOA_PERSONAL_ID_KEY=$(key) LANTOA_BLOCK_TOKEN_KEY=$(key) \
  LANTOA_ALLOWED_HOSTS=hoc.example.vn LANTOA_SITE_URL=https://hoc.example.vn LANTOA_PLAYER_URL=https://khoi.example.vn \
  .venv/bin/python manage.py check --deploy --fail-level WARNING
