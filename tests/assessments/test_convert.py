"""Open edX problems become questions of the draft: the action, the page, and the way back."""

import re
import tarfile
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments import olx
from assessments.actions.convert import Chosen, Done, convert_problems
from assessments.actions.edit_quiz import add_bank
from assessments.capa import convert
from assessments.models import Question
from courses.actions.import_olx import import_module
from courses.actions.publish import publish_module
from courses.actions.undo import undo
from courses.models import BlockVersion, Module
from courses.olx.outline import Outline
from courses.queries.outline import draft_outline
from lms.audit.models import Event
from lms.people.models import Person, Role
from lms.shared.actors import SYSTEM
from lms.shared.errors import Refused
from tests import make, make_courses
from tests.make_courses import WITHOUT_CORPUS, corpus_olx, text_block
