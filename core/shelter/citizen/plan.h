// Evacuation plans on the phone: the family's own, written together with those who help and sent to the
// town's desk of plans; those of others whom this phone's person supports; the code by which a supporter's
// phone is named; and the word "confirmed safe". Owned by the app; one thread. Storage | StorageFull.
#pragma once

#include <set>

#include "core/shelter/citizen/context.h"
#include "core/shelter/plan_book.h"

namespace machi::shelter {

inline constexpr const char* kPlans = "plan";
inline constexpr const char* kPlanForm = "plan.form";  // subject: number of the member
inline constexpr const char* kPlanOne = "plan.one";    // subject: the plan
inline constexpr const char* kPlanScan = "plan.scan";  // subject: number of the member
inline constexpr const char* kPlanCode = "plan.code";

class PlanScreens {
 public:
  static bool is_own(std::string_view screen) { return screen == kPlans || screen.starts_with("plan."); }
  static bool is_kind(std::string_view kind) { return kind.starts_with("plan."); }
  // What the town's desk wrote, inside the mail's transaction. NotAllowed from anybody else.
  static Status take(store::Database& database, const mail::Client& mail, const mail::Received& received);

  // False: the subject is gone.
  bool open(const PhoneContext& context, const std::string& name, const std::string& subject);
  std::optional<screen::Screen> view(const PhoneContext& context, const std::string& name,
                                     const std::string& subject) const;
  Step act(const PhoneContext& context, const std::string& name, const std::string& subject,
           const screen::Action& action);
  // For the top of the first screen: the plans, when a disaster has come. Nothing otherwise.
  static screen::Nodes top(const PhoneContext& context);
  // What those nodes, wherever they stand, ask for; nothing when it is not theirs.
  static std::optional<Step> pressed(const PhoneContext& context, const screen::Action& action);
  // For the household's overview.
  static screen::Nodes nodes(const PhoneContext& context);

 private:
  // plan.cc
  bool take_draft(const PhoneContext& context, const std::string& subject);
  void keep_draft(const PhoneContext& context, const std::string& subject) const;
  Step send(const PhoneContext& context, int number, bool withdrawn);
  Step form_act(const PhoneContext& context, const std::string& subject, const screen::Action& action);
  // plan_view.cc
  void list(const PhoneContext& context, screen::Screen& out) const;
  void form(const PhoneContext& context, const std::string& subject, screen::Screen& out) const;
  void code(const PhoneContext& context, screen::Screen& out) const;

  Plan draft_;
  std::set<std::size_t> left_out_;  // supporters who are not ticked
  std::string trouble_;             // key of the words
};

// --- between plan.cc and plan_view.cc
// The town's desk of plans, when the directory has one.
std::optional<mail::Recipient> support_of(const PhoneContext& context);
struct OwnPlan {
  PlanSecret secret{};
  base::MessageId message;
};
std::optional<OwnPlan> own_plan(const PhoneContext& context, int number);
// Whether a disaster has come, and since when: the town called, or this phone said that it is at a shelter,
// or that it needs help.
std::optional<Instant> emergency(const PhoneContext& context);
// Of a plan that this phone supports: the last word of its own that somebody is safe.
struct SafeSaid {
  Instant at;
  base::MessageId message;
};
std::optional<SafeSaid> safe_said(const PhoneContext& context, const PlanId& plan);
std::string supporter_name(const PhoneContext& context);

}  // namespace machi::shelter
