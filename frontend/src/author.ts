/** The studio. Its forms work as they are; these only make them pleasanter. */
import "./author/rich-text";
import "./author/outline-tree";
