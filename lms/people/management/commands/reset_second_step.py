"""For somebody who lost phone, codes and keys, after her HR officer has vouched for her."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lms.people.actions.persons import reset_second_step
from lms.people.models import Person
from lms.shared.actors import SYSTEM


class Command(BaseCommand):
    help = "Remove a person's authenticator app, recovery codes and passkeys"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        person = Person.objects.filter(username=options["username"]).first()
        if person is None:
            raise CommandError("Nobody has this username.")
        reset_second_step(person=person, by=SYSTEM)
        self.stdout.write("The password alone signs this person in now.")
