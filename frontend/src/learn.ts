/** Pages with a lesson. */
import "./elements/block-frame";
import "./learn/media-player";
import "./learn/standing";
import "./learn/unit-player";
