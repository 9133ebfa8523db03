/** Pages with a lesson. */
import "./learn/media-player";
import "./learn/unit-player";
