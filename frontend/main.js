import htmx from "htmx.org";
import "./elements/back.js";
import "./elements/drawer.js";
import "./elements/editor.js";
import "./elements/evidence.js";
import "./elements/filters.js";
import "./elements/keys.js";
import "./elements/menu.js";
import "./elements/messages.js";
import "./elements/picture.js";
import "./elements/queue.js";
import "./elements/reason.js";

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
window.htmx = htmx;
