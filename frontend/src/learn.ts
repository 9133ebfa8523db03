/** Pages with a lesson. */
import "./elements/block-frame";
import "./learn/media-player";
import "./learn/standing";
import "./learn/unit-player";

// Only pages with a picture to click on pay for it.
if (document.querySelector("hot-spot")) void import("./quiz/hot-spot");
// Only pages with H5P content pay for it.
if (document.querySelector("h5p-player")) void import("./h5p/h5p-player");
