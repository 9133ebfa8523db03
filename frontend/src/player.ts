/** The script of a frame: the names blocks expect, and their runtime. Built as one classic script. */
import "./player/globals";
import { start } from "./player/start";

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
