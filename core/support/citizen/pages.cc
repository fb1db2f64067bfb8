// The overview.
#include "core/support/citizen/pages.h"

#include "core/support/citizen/rules_state.h"

namespace machi::support {
namespace {

using pages::Context;
using pages::Route;
using pages::Step;
using screen::Node;

class Pages final : public pages::PageSet {
 public:
  std::string_view name() const override { return "support"; }
  std::vector<store::Migration> migrations() const override { return {}; }

  screen::Nodes entries(const Context& context) const override {
    Node row =
        screen::row_button("support", context.words("support.title"), context.words("support.entry.hint"));
    row.icon = screen::Icon::Help;
    return {screen::list("support.list", "", {std::move(row)})};
  }

  std::optional<screen::Screen> view(const Context& context, const Route& route) const override {
    screen::Screen out = pages::frame(context, route, context.words("support.title"));
    for (Node& node : rules_trouble(context)) out.main.push_back(std::move(node));
    for (Node& node : rules_date(context)) out.main.push_back(std::move(node));
    return out;
  }

  Step act(const Context&, const Route&, const screen::Action& action) override {
    if (action.action == "press" && action.node == "support") return pages::go_to("support");
    return {};
  }
};

}  // namespace

std::unique_ptr<pages::PageSet> citizen_pages() { return std::make_unique<Pages>(); }

}  // namespace machi::support
