// PageSet: the pages of one service inside an app that carries several (core/app/support.h). The app owns
// routes, words, clock and database, gives them to each call as a Context, and carries out the Step that
// comes back. Every route and every node of a set begins with its name, so that two sets never meet. One
// thread.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/pages/pack_shelf.h"
#include "core/screen/builder.h"
#include "core/words/words.h"

namespace machi::pages {

struct Context {
  store::Database& database;
  const words::Words& words;
  const PackShelf& shelf;  // the town's rules, as far as they are here
  base::Instant now;
  bool online = true;
  std::string town = {};  // its name, as people say it
  base::Entropy* entropy = nullptr;

  base::Date today() const { return base::date_of(now); }
};

struct Route {
  std::string name;     // "support.mine"; begins with the set's name
  std::string subject;  // whatever the set needs to know again
};

struct File {
  std::string name, media_type;
  base::Bytes bytes;
};
// A picture that was chosen, made small by the host; or why there is none (core/app/event.h).
struct Picture {
  std::string why;
  base::Bytes jpeg;
};
// A symbol with lines below it, given to the person as a picture.
struct Symbol {
  std::string name, text;
  std::vector<std::string> lines;
};
// A file of the town's site, asked for by GET; the path begins with '/'.
struct Ask {
  std::string id, path;
};

struct Step {
  enum class Move { Stay, Push, Replace, Back };
  Move move = Move::Stay;
  Route to = {};
  std::optional<File> save = {};
  std::optional<Symbol> symbol = {};
  std::optional<std::pair<std::string, std::string>> share = {};  // title, text
  std::optional<std::pair<std::string, std::string>> speak = {};  // text, language; "" ends it
  bool print = false;
  std::vector<Ask> ask = {};
};
inline Step go_to(std::string name, std::string subject = {}) {
  Step out;
  out.move = Step::Move::Push;
  out.to = {std::move(name), std::move(subject)};
  return out;
}
inline Step back() {
  Step out;
  out.move = Step::Move::Back;
  return out;
}

class PageSet {
 public:
  virtual ~PageSet() = default;
  // "support": what its routes ("support", "support.mine") and tables begin with; the first route is the
  // name.
  virtual std::string_view name() const = 0;
  virtual std::vector<store::Migration> migrations() const = 0;
  // The app has begun, or is looked at again: what is to be asked of the site.
  virtual Step begin(const Context&) { return {}; }
  // Its rows on the app's first page, the way in first; their ids begin with the set's name.
  virtual screen::Nodes entries(const Context& context) const = 0;
  virtual void open(const Context&, const Route&) {}  // comes to be shown: a form starts anew
  // Nothing: the subject is gone, and the page before is shown.
  virtual std::optional<screen::Screen> view(const Context& context, const Route& route) const = 0;
  virtual Step act(const Context& context, const Route& route, const screen::Action& action) = 0;
  virtual Step photo(const Context&, const Route&, const screen::Action&, const Picture&) { return {}; }
  virtual Step file(const Context&, const Route&, const screen::Action&, const std::string&) { return {}; }
  // The answer to an Ask; status 0: none.
  virtual Step answer(const Context&, const std::string& /*id*/, int /*status*/, base::ByteView) {
    return {};
  }
  virtual base::Bytes picture(const Context&, const std::string& /*id*/) const { return {}; }
};

// A page with the way back in its bar and its title as heading.
screen::Screen frame(const Context& context, const Route& route, const std::string& title);

}  // namespace machi::pages
