/** jQuery has to be a global before its old ways are put back by the migration plugin. */
import jQuery from "jquery";

Object.assign(window, { $: jQuery, jQuery });
jQuery.migrateMute = true;

export { jQuery };
