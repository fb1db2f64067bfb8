// One question a page, with why it is asked; "not known" is an answer. And what was answered, each answer to
// be changed or erased. Owned by the pages; one thread.
#pragma once

#include "core/support/citizen/shown.h"

namespace machi::support {

class Asking {
 public:
  void open() { typed_.clear(), error_.clear(), erasing_ = false; }
  screen::Screen question(const pages::Context& context, const Shown& shown, const pages::Route& route) const;
  screen::Screen answers(const pages::Context& context, const Shown& shown, const pages::Route& route) const;
  pages::Step act(const pages::Context& context, const Shown& shown, const pages::Route& route,
                  const screen::Action& action);

 private:
  pages::Step save(const pages::Context& context, const Shown& shown, const pages::Route& route, int fact);
  pages::Step after(const pages::Route& route) const;

  std::string typed_;
  std::string error_;  // key of the words
  bool erasing_ = false;
};

}  // namespace machi::support
