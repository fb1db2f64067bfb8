// The page set's inside: one class over several files, a file a subject. What is typed stands in `typed_` by
// the node's id until it is saved. Private to core/parenting/citizen.
#pragma once

#include <map>

#include "core/pages/page_set.h"
#include "core/parenting/citizen/care.h"
#include "core/parenting/citizen/record_book.h"
#include "core/parenting/citizen/record_file.h"

namespace machi::parenting {

using pages::Context;
using pages::Route;
using pages::Step;
using screen::Action;
using screen::Icon;
using screen::Importance;
using screen::Kind;
using screen::Node;
using screen::Nodes;
using screen::Screen;
using screen::Tone;

inline constexpr const char* kAnd = " / ";
inline constexpr const char* kFamily = "parenting";
inline constexpr const char* kChild = "parenting.child";      // subject: child
inline constexpr const char* kEdit = "parenting.edit";        // child, or ""
inline constexpr const char* kPlan = "parenting.plan";        // child
inline constexpr const char* kDose = "parenting.dose";        // child, child/vaccine/day
inline constexpr const char* kGrowth = "parenting.growth";    // child
inline constexpr const char* kMeasure = "parenting.measure";  // child, child/number
inline constexpr const char* kBook = "parenting.book";        // child
inline constexpr const char* kEntry = "parenting.entry";      // child/form, child/note, child/fact
inline constexpr const char* kShare = "parenting.share";
inline constexpr const char* kTodo = "parenting.todo";
inline constexpr const char* kPoints = "parenting.points";
inline constexpr const char* kAsk = "parenting.ask";  // fact, or guardian/fact

class FamilyPages final : public pages::PageSet {
 public:
  FamilyPages();
  std::string_view name() const override { return kFamily; }
  std::vector<store::Migration> migrations() const override { return RecordBook::migrations(); }
  Step begin(const Context& context) override;
  Nodes entries(const Context& context) const override;
  void open(const Context& context, const Route& route) override;
  std::optional<Screen> view(const Context& context, const Route& route) const override;
  Step act(const Context& context, const Route& route, const Action& action) override;
  Step file(const Context& context, const Route& route, const Action& action,
            const std::string& text) override;

 private:
  struct Subject {
    std::optional<KnownChild> child;
    std::string rest;
  };
  Subject subject_of(const Route& route) const;
  RecordBook book(const Context& context) const { return RecordBook(context.database); }
  // Writes what is said about a child; false, with `failed_`, when the store refuses.
  bool write(const Context& context, const FactId& child, Said said, std::vector<FactId> replaces = {});
  bool erase(const Context& context, const FactId& child, const std::vector<FactId>& facts);
  std::string typed(const std::string& node) const;
  std::optional<Date> typed_day(const Context& context, const std::string& node, const ChildSaid& child);
  Node field(const Context& context, const std::string& id, const char* key, Kind kind,
             std::size_t limit) const;
  void add_erase(const Context& context, Screen& out, const char* key) const;
  void add_trouble(const Context& context, Screen& out) const;

  // overview.cc
  Screen family(const Context& context, Screen out) const;
  Screen one_child(const Context& context, const KnownChild& child, Screen out) const;
  Step act_family(const Context& context, const Action& action);
  Step act_child(const Context& context, const KnownChild& child, const Action& action);
  // edit_page.cc
  Screen edit(const Context& context, const KnownChild* child, Screen out) const;
  Step act_edit(const Context& context, const KnownChild* child, const Action& action);
  // plan_page.cc, dose_page.cc
  Screen plan(const Context& context, const KnownChild& child, Screen out) const;
  Step act_plan(const Context& context, const KnownChild& child, const Action& action);
  const KnownDose* dose_of(const std::vector<KnownDose>& doses, const std::string& rest) const;
  Screen dose(const Context& context, const KnownChild& child, const std::string& rest, Screen out) const;
  Step act_dose(const Context& context, const KnownChild& child, const std::string& rest,
                const Action& action);
  // growth_page.cc
  Screen growth(const Context& context, const KnownChild& child, Screen out) const;
  Step act_growth(const Context& context, const KnownChild& child, const Action& action);
  Screen measure(const Context& context, const std::string& rest, Screen out) const;
  Step act_measure(const Context& context, const KnownChild& child, const std::string& rest,
                   const Action& action);
  // book_page.cc
  Screen handbook(const Context& context, const KnownChild& child, Screen out) const;
  Screen entry(const Context& context, const std::string& rest, Screen out) const;
  Step act_entry(const Context& context, const KnownChild& child, const std::string& rest,
                 const Action& action);
  // share_page.cc
  Screen share(const Context& context, Screen out) const;
  Step act_share(const Context& context, const Action& action);
  // rules_page.cc
  Screen todo(const Context& context, Screen out) const;
  Screen points(const Context& context, Screen out) const;
  Screen ask(const Context& context, const std::string& subject, Screen out) const;
  Step act_points(const Context& context, const Action& action);
  Step act_ask(const Context& context, const std::string& subject, const Action& action);

  Tables tables_;
  Record record_;
  bool loaded_ = false;
  int broken_ = 0;
  std::map<std::string, std::string> typed_, errors_;  // errors: keys of the words
  std::string factor_;                                 // by how much a measurement is off
  bool asking_ = false;                                // to erase
  std::string warned_;   // a dose that the schedule would not take, shown before it is written
  bool failed_ = false;  // the store refused
  std::string measure_ = "weight";
  std::optional<RecordFile> read_;  // looked at, not taken yet
  std::string outcome_;             // of the last file: a key
  int took_ = 0;
};

}  // namespace machi::parenting
