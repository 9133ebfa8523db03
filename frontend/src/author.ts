/** The studio. Its forms work as they are; these only make them pleasanter. */
import "./author/media-picker";
import "./author/media-upload";
import "./author/rich-text";
import "./author/auto-draft";
import "./author/caption-editor";
import "./author/language-tabs";
import "./elements/block-frame";
import "./author/outline-tree";
