import htmx from "htmx.org";
import "./elements/back.js";
import "./elements/booked.js";
import "./elements/choices.js";
import "./elements/narrow.js";
import "./elements/comments.js";
import "./elements/copy.js";
import "./elements/drawer.js";
import "./elements/editor.js";
import "./elements/entry.js";
import "./elements/errors.js";
import "./elements/evidence.js";
import "./elements/filters.js";
import "./elements/findings.js";
import "./elements/keys.js";
import "./elements/menu.js";
import "./elements/messages.js";
import "./elements/passkey.js";
import "./elements/photos.js";
import "./elements/picture.js";
import "./elements/queue.js";
import "./elements/reason.js";
import "./elements/tabs.js";
import "./elements/title.js";

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.attributesToSettle = ["class"]; // a style attribute would be refused by the page's own policy
window.htmx = htmx;
