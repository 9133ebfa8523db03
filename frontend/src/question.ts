/** The form of a question, beside what every page of the studio has. */
import "./author/area-editor";
import "./author/language-switch";
import "./author/live-preview";
import "./author/more-rows";
import "./quiz/hot-spot";
