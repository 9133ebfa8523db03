"""`python -m tools.workbench` serves the workbench on 127.0.0.1; `… list` prints what each block shows."""

import json
import os
import sys
import warnings
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "tools.workbench.settings"


def main(what: str = "serve") -> None:
    """Make the database anew and serve it, or print the list as JSON."""
    warnings.simplefilter("ignore")  # of packages that are not ours
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", "--run-syncdb", verbosity=0)
    if what == "list":
        print(json.dumps(listed(), ensure_ascii=False))
        return
    address = f"127.0.0.1:{os.environ.get('PORT', '8010')}"
    print(f"The workbench: http://{address}/  (Ctrl+C stops it)", flush=True)
    call_command("runserver", address, "--noreload", "--insecure")


def listed() -> dict[str, Any]:
    """By tag: {"html": the student's view in the workbench} or {"refused": why there is none}."""
    from django.test import Client
    from workbench.scenarios import get_scenarios

    from tools.workbench.scenarios import REFUSED

    client = Client(raise_request_exception=False)
    index = client.get("/").content.decode()
    found: dict[str, Any] = {}
    for tag in get_scenarios():
        assert f"/scenario/{tag}/" in index, tag
        try:
            response = Client().get(f"/view/{tag}/")
        except Exception as error:
            found[tag] = {"refused": f"{type(error).__name__}: {error}"}
        else:
            found[tag] = {"html": response.content.decode()}
    return found | {tag: {"refused": why} for tag, why in REFUSED.items()}


if __name__ == "__main__":
    main(*sys.argv[1:2])
