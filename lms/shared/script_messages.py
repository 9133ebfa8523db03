"""What the scripts say, by area. The English text is the key, there and here."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MESSAGES: dict[str, Mapping[str, Promise | str]] = {
    "main": {
        "You are offline. You can keep reading; what you do is sent later.": _(
            "You are offline. You can keep reading; what you do is sent later."
        ),
        "You are online again.": _("You are online again."),
        "Cancel": _("Cancel"),
    },
    "author": {
        "Formatting": _("Formatting"),
        "Paragraph": _("Paragraph"),
        "Heading": _("Heading"),
        "Bold": _("Bold"),
        "List": _("List"),
        "Numbered list": _("Numbered list"),
        "Undo": _("Undo"),
        "Show the HTML": _("Show the HTML"),
        "Move %(title)s": _("Move %(title)s"),
        "Press Space to take it up, the arrow keys to move it, Space to put it down, Escape to leave it.": _(
            "Press Space to take it up, the arrow keys to move it, Space to put it down, Escape to leave it."
        ),
        "%(title)s taken up. %(place)s": _("%(title)s taken up. %(place)s"),
        "%(title)s put down. %(place)s": _("%(title)s put down. %(place)s"),
        "It cannot go further.": _("It cannot go further."),
        "%(title)s is back in its old place.": _("%(title)s is back in its old place."),
        "%(title)s stays where it was.": _("%(title)s stays where it was."),
        "Place %(number)s of %(all)s in %(where)s.": _("Place %(number)s of %(all)s in %(where)s."),
        "Place %(number)s of %(all)s.": _("Place %(number)s of %(all)s."),
        "Not saved: there is no connection. It is back in its old place.": _(
            "Not saved: there is no connection. It is back in its old place."
        ),
        "Not saved. The page says why, at the top of the outline.": _(
            "Not saved. The page says why, at the top of the outline."
        ),
        # questions
        "Vietnamese": _("Vietnamese"),
        "English": _("English"),
        "German": _("German"),
        "All languages": _("All languages"),
        "Languages": _("Languages"),
        "Take out": _("Take out"),
        "Drag on the picture to draw area %(number)s. A polygon: click its corners.": _(
            "Drag on the picture to draw area %(number)s. A polygon: click its corners."
        ),
        # the media library
        "Choose from the library": _("Choose from the library"),
        "Media library": _("Media library"),
        "Close": _("Close"),
        "The library cannot be reached. Check the connection and sign-in.": _(
            "The library cannot be reached. Check the connection and sign-in."
        ),
        "The file has arrived.": _("The file has arrived."),
        "Tick the declaration; then the file is sent.": _("Tick the declaration; then the file is sent."),
        "The file is still on its way. Send the form when it has arrived.": _(
            "The file is still on its way. Send the form when it has arrived."
        ),
        "Sending: %(percent)s%": _("Sending: %(percent)s%"),
        "Paused at %(percent)s%": _("Paused at %(percent)s%"),
        "No connection. It goes on by itself from %(percent)s%.": _(
            "No connection. It goes on by itself from %(percent)s%."
        ),
        "Pause": _("Pause"),
        "Go on sending": _("Go on sending"),
        "Upload": _("Upload"),
        "Your sign-in has ended. Sign in again in a new tab, then choose the file again.": _(
            "Your sign-in has ended. Sign in again in a new tab, then choose the file again."
        ),
        "The upload is too old. Choose the file again.": _("The upload is too old. Choose the file again."),
        "The file was not accepted.": _("The file was not accepted."),
    },
    "learn": {
        "Saved %(time)s": _("Saved %(time)s"),
        "Back 15 seconds": _("Back 15 seconds"),
        "Speed": _("Speed"),
        "This unit is finished.": _("This unit is finished."),
        # H5P content
        "This content cannot be shown at the moment.": _("This content cannot be shown at the moment."),
        "Not sent yet. It will be sent when you are online.": _(
            "Not sent yet. It will be sent when you are online."
        ),
        "Your sign-in has ended. Your answers are kept on this device.": _(
            "Your sign-in has ended. Your answers are kept on this device."
        ),
        "Sign in again in a new tab": _("Sign in again in a new tab"),
        "Send again": _("Send again"),
        "This answer could not be saved: %(reason)s": _("This answer could not be saved: %(reason)s"),
    },
    "quiz": {
        "Saving…": _("Saving…"),
        "Saved %(time)s": _("Saved %(time)s"),
        "No connection. Your answers are kept on this device and sent when you are online.": _(
            "No connection. Your answers are kept on this device and sent when you are online."
        ),
        "Your sign-in has ended. Your answers are kept on this device.": _(
            "Your sign-in has ended. Your answers are kept on this device."
        ),
        "Sign in again in a new tab": _("Sign in again in a new tab"),
        "Send again": _("Send again"),
        "This question has a newer answer, saved elsewhere.": _(
            "This question has a newer answer, saved elsewhere."
        ),
        "Question %(number)s has a newer answer, saved elsewhere. Open it to choose.": _(
            "Question %(number)s has a newer answer, saved elsewhere. Open it to choose."
        ),
        "Your answer here: %(answer)s": _("Your answer here: %(answer)s"),
        "Saved answer: %(answer)s": _("Saved answer: %(answer)s"),
        "Keep mine": _("Keep mine"),
        "Use the saved one": _("Use the saved one"),
        "No answer": _("No answer"),
        "%(time)s left": _("%(time)s left"),
        "%(minutes)s minutes left.": _("%(minutes)s minutes left."),
        "1 minute left.": _("1 minute left."),
        "Time is up. Your answers are being handed in.": _("Time is up. Your answers are being handed in."),
        "This answer could not be saved: %(reason)s": _("This answer could not be saved: %(reason)s"),
        "Some answers are not sent yet. Wait for the connection, then hand in again.": _(
            "Some answers are not sent yet. Wait for the connection, then hand in again."
        ),
    },
    "editors": {
        "Sign in again in a new tab": _("Sign in again in a new tab"),
        "Example": _("Example"),
        "Link": _("Link"),
        "Address": _("Address"),
        "Words of the link": _("Words of the link"),
        "Insert": _("Insert"),
        "Remove the link": _("Remove the link"),
        "Source of this statement": _("Source of this statement"),
        "Source": _("Source"),
        "Lines or section": _("Lines or section"),
        "Lines such as 8-12, or a section such as 1.3.": _("Lines such as 8-12, or a section such as 1.3."),
        "Remove the source": _("Remove the source"),
        "Picture": _("Picture"),
        "Picture of the module": _("Picture of the module"),
        "The module has no picture yet. Add one in the media library.": _(
            "The module has no picture yet. Add one in the media library."
        ),
        "What the picture shows, for who cannot see it": _("What the picture shows, for who cannot see it"),
        "Caption below the picture": _("Caption below the picture"),
        "Table": _("Table"),
        "What the table shows": _("What the table shows"),
        "Columns": _("Columns"),
        "Rows": _("Rows"),
        "Redo": _("Redo"),
        "Note": _("Note"),
        "Add a row": _("Add a row"),
        "Add a column": _("Add a column"),
        "Smaller heading": _("Smaller heading"),
        "Delete the row": _("Delete the row"),
        "Delete the column": _("Delete the column"),
        "Languages": _("Languages"),
        "Side by side": _("Side by side"),
        "Add %(language)s": _("Add %(language)s"),
        "Write what is said, or delete the caption.": _("Write what is said, or delete the caption."),
        "The end must be later than the start.": _("The end must be later than the start."),
        "It begins before the caption above has ended.": _("It begins before the caption above has ended."),
        "Too long to read. Split it in two.": _("Too long to read. Split it in two."),
        "Show as text": _("Show as text"),
        "Add a caption": _("Add a caption"),
        "Caption %(number)s: what is said": _("Caption %(number)s: what is said"),
        "Caption %(number)s: start": _("Caption %(number)s: start"),
        "Caption %(number)s: end": _("Caption %(number)s: end"),
        "Play": _("Play"),
        "caption %(number)s": _("caption %(number)s"),
        "Start = now": _("Start = now"),
        "Split": _("Split"),
        "Add below": _("Add below"),
        "Join with next": _("Join with next"),
        "Delete": _("Delete"),
        "Kept %(time)s": _("Kept %(time)s"),
        "Your sign-in has ended. Your text is kept on this device.": _(
            "Your sign-in has ended. Your text is kept on this device."
        ),
        "No connection. Your text is kept on this device.": _(
            "No connection. Your text is kept on this device."
        ),
        "Another tab kept newer text of this block at %(time)s.": _(
            "Another tab kept newer text of this block at %(time)s."
        ),
        "Keep the text of this tab": _("Keep the text of this tab"),
        "Use the text of the other tab": _("Use the text of the other tab"),
        "This device holds text from %(time)s that was not sent.": _(
            "This device holds text from %(time)s that was not sent."
        ),
        "Go on with it": _("Go on with it"),
        "Discard it": _("Discard it"),
    },
    "h5p-author": {
        "%(field)s: it stays as it is. To change it, edit the file in Lumi and upload it again.": _(
            "%(field)s: it stays as it is. To change it, edit the file in Lumi and upload it again."
        ),
        "%(what)s is now number %(number)s.": _("%(what)s is now number %(number)s."),
        "Add: %(what)s": _("Add: %(what)s"),
        "Added: %(what)s": _("Added: %(what)s"),
        "All rights reserved": _("All rights reserved"),
        "Bring it back": _("Bring it back"),
        "Choose…": _("Choose…"),
        "Do it again": _("Do it again"),
        "Done again.": _("Done again."),
        "Edit": _("Edit"),
        "Example: %(text)s": _("Example: %(text)s"),
        "It cannot go further.": _("It cannot go further."),
        "Italic": _("Italic"),
        "Licence": _("Licence"),
        "Lowered": _("Lowered"),
        "Make the selected words a gap": _("Make the selected words a gap"),
        "Move %(title)s with the arrow keys": _("Move %(title)s with the arrow keys"),
        "Move down: %(what)s": _("Move down: %(what)s"),
        "Move up: %(what)s": _("Move up: %(what)s"),
        "Name": _("Name"),
        "No connection. The preview comes back with it.": _("No connection. The preview comes back with it."),
        "No gap yet. Select a word and press the button.": _(
            "No gap yet. Select a word and press the button."
        ),
        "Or upload a picture": _("Or upload a picture"),
        "Picture removed.": _("Picture removed."),
        "Public domain": _("Public domain"),
        "Raised": _("Raised"),
        "Remove the picture": _("Remove the picture"),
        "Remove: %(what)s": _("Remove: %(what)s"),
        "Removed: %(what)s": _("Removed: %(what)s"),
        "Right answer": _("Right answer"),
        "Select a word of the text first.": _("Select a word of the text first."),
        "Show it anew": _("Show it anew"),
        "Source and licence": _("Source and licence"),
        "Still to do:": _("Still to do:"),
        "The chosen picture": _("The chosen picture"),
        "The file did not arrive. Check the connection and sign-in.": _(
            "The file did not arrive. Check the connection and sign-in."
        ),
        "The file holds no state secret, and no personal data beyond what people consented to.": _(
            "The file holds no state secret, and no personal data beyond what people consented to."
        ),
        "The file was not accepted.": _("The file was not accepted."),
        "The picture is in its place.": _("The picture is in its place."),
        "Tick the declaration; then the file is sent.": _("Tick the declaration; then the file is sent."),
        "Underlined": _("Underlined"),
        "Undisclosed": _("Undisclosed"),
        "Undo": _("Undo"),
        "Undone.": _("Undone."),
        "What learners read on buttons and hear from screen readers.": _(
            "What learners read on buttons and hear from screen readers."
        ),
        "Where it is from": _("Where it is from"),
        "Who made it": _("Who made it"),
        "Words on buttons": _("Words on buttons"),
        "Your sign-in has ended. Your text is kept on this device.": _(
            "Your sign-in has ended. Your text is kept on this device."
        ),
        "item": _("item"),
        "optional": _("optional"),
        "or": _("or"),
        "tip: %(text)s": _("tip: %(text)s"),
    },
}
