// The widget tree: a closed set of roles, and one Node type for all of them. Values only; any thread; pure.
// No colour, pixel or coordinate: only meaning, which presenters map (DESIGN.md, decision 2). Texts are
// already resolved by core/words: ruby is written with U+FFF9 base U+FFFA reading U+FFFB, phrase boundaries
// with U+200B.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace machi::screen {

enum class Role {
  Heading,   // level 1..3; one level 1 a screen
  Text,      // a paragraph of at most three lines
  Button,    // action "press"
  Link,      // href (tel:, https:) or, without one, action "press"
  Choice,    // options; kind Single (radio) or Multiple (checkbox); action "choose", value(s) = option values
  Field,     // kind says what is typed; action "enter", value = what was typed
  Group,     // named section (fieldset, region); children
  Card,      // one subject, at most one action; children
  List,      // children: Row. Kind Map: rows with an href geo:latitude,longitude are drawn on a plan as well,
             // under their number in the list; options "in", "out": names of what makes it larger, smaller
  Row,       // list row: name, hint (second line), state/badge children; with interactive=true action "press"
  Table,     // columns; children: TableRow; kind Date = a month: weeks as rows, seven days as columns; kind
             // Sheet: many narrow columns that stay columns, on paper landscape; kind Chart: drawn as curves,
             // the table below them: the first column is what runs along, the second what was measured
             // (points), each further one a line; a cell's value is its number as a drawing needs it
  TableRow,  // children: Cell, in the order of columns
  Cell,      // name = text; children (badge, button)
  Facts,     // term and value pairs; children: Fact
  Fact,      // name = term, value = text
  Badge,     // a finished fact in a word or two; tone, icon
  Alert,     // role=alert or status (tone); children may hold one Button or Link
  Steps,     // children: Step
  Step,      // state Done | Waiting | Todo | Failed; value = when, as text. None in all: what to do, in order
  Qr,        // value = the text that the symbol carries; matrix = its modules, row by row ('1' dark). options
             // "full" and "small": it can be shown on the whole screen, where the hint of "full" stands below
  Scanner,   // camera, picture or typed code; action "scan", value = the text read. options = the ways that
             // there are, "camera", "picture", "code"; none: all. stays: the camera goes on after a reading,
             // and is on when the scanner is shown anew; again_after_ms: the text read last counts again when
             // it was not seen for so long
  File,      // a file to choose; value = the kinds taken (".csv,text/csv"); action "open", value = its name
  Photo,  // a picture; value = its id (machi_picture), "" = none yet; hint = what it shows, read out. options
          // = what may be done: "take" and "choose" (action "photo"), "remove" (action "remove"), "zoom" (the
          // presenter's)
  Tabs,   // navigation; children: Tab
  Tab,    // action "press"; state Current for the open one; value = count beside it
  Empty,  // what will appear here; children: one Button at most
  Progress,  // value = "0".."100", or "" when the end is not known
};

enum class Kind {
  None,
  Single,
  Multiple,
  Cards,
  Text,
  Multiline,
  Number,
  Date,
  Time,
  Telephone,
  Code,
  Sheet,
  Secret,
  Map,
  Chart
};
enum class Tone { Neutral, Info, Success, Warning, Danger };
enum class Importance { Primary, Secondary, Tertiary };
enum class State { None, Done, Waiting, Todo, Failed, Current, New, Stale };

// Icons by meaning; a presenter maps them to one kept family. They never stand without text.
enum class Icon {
  None,
  School,
  Check,
  Clock,
  Phone,
  Telephone,
  Warning,
  Failed,
  Back,
  Close,
  Add,
  Edit,
  Calendar,
  Send,
  Retry,
  Scan,
  Picture,
  Language,
  Home,
  Person,
  People,
  Lock,
  Online,
  Offline,
  Delete,
  Search,
  Settings,
  Mail,
  Help,
};

struct Option {
  std::string value;
  std::string name;
  std::string hint;  // second line, for cards
  bool selected = false;
  bool disabled = false;
  std::string language = {};  // of its name, when it is not the screen's; BCP 47
};

struct Column {
  std::string id;
  std::string name;
  bool hidden_name = false;  // for screen readers only (a column of buttons)
};

struct Node {
  std::string id;  // from the thing shown, not its place; unique in the screen
  Role role = Role::Text;
  std::string name;  // label or text; an interactive node without one is refused by the builder
  std::string hint;
  std::string error;  // shown under the field, and in the error summary
  std::string value;
  std::string version;  // echoed by the presenter, so that an action meets the thing it was meant for
  // What a person wrote here is in this language (BCP 47; "" = the screen's): a Text's name, a Fact's value,
  // a Cell's or Row's hint.
  std::string language;
  std::string href;
  std::string matrix;
  std::string minimum;  // Number, Date, Time
  std::string maximum;
  Kind kind = Kind::None;
  Tone tone = Tone::Neutral;
  Importance importance = Importance::Secondary;
  State state = State::None;
  Icon icon = Icon::None;
  std::int32_t level = 0;
  std::int32_t max_length = 0;  // characters; 0 = no limit
  bool interactive = false;     // Row
  bool disabled = false;        // hint says why
  bool required = false;
  bool busy = false;
  bool collapsed = false;           // Group: shown as a disclosure, closed
  bool stays = false;               // Scanner
  std::int32_t again_after_ms = 0;  // Scanner
  std::vector<Option> options;
  std::vector<Column> columns;
  std::vector<Node> children;
};

// A whole screen. Regions are landmarks: bar (banner), rail (navigation beside or below), main, foot (main
// action).
struct Screen {
  std::string app;            // "citizen" | "desk"
  std::string name;           // e.g. "absence.form"; with its subject's id where there is one
  std::int64_t revision = 0;  // grows with every change
  std::string title;          // document title
  std::string language;       // BCP 47: "ja", "ja-x-easy", "en"
  std::string focus;          // node that takes the focus when the screen's name changes; "" = the heading
  std::string announce;       // spoken once by assistive technology when it changes
  std::vector<Node> bar;
  std::vector<Node> rail;
  std::vector<Node> main;
  std::vector<Node> foot;
};

// What a person did. An action on an older revision counts when node, action and version still match.
struct Action {
  std::string screen;
  std::int64_t revision = 0;
  std::string node;
  std::string version;
  std::string action;  // "press" | "choose" | "enter" | "scan" | "open" | "photo" | "remove" | "back"
  std::string value;
  std::vector<std::string> values;  // Multiple choice: all that are chosen now
};

}  // namespace machi::screen
