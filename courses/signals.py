"""What courses tells apps above it. All are sent inside the transaction of the write."""

from django.dispatch import Signal

# A snapshot of a module was written (imported or saved in the studio): quizzes sync from it.
# Arguments: version (ModuleVersion), blocks (list[BlockVersion] new in this snapshot).
module_version_written = Signal()

# A draft goes to review; a receiver raises Refused for what publishing would refuse anyway, so that its
# author hears of it and not the publisher. Arguments: version (ModuleVersion).
module_sent = Signal()

# Learners see this snapshot from now on. Arguments: version (ModuleVersion).
module_published = Signal()

# A person finished a module. Arguments: person, module.
module_completed = Signal()
