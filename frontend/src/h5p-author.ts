/** Writing H5P contents in the studio. */
import "./h5p/form-element";
import "./h5p/form-preview";
