/** Pages with H5P content in a frame. */
import "./h5p/h5p-player";
