// What the plan's screens do, and what the town answers.
#include "core/shelter/citizen/plan.h"

#include <algorithm>

#include "core/shelter/citizen/arrival.h"
#include "core/shelter/citizen/safety.h"

namespace machi::shelter {
namespace {

using base::Code;
using base::fail;
using Move = Step::Move;

constexpr std::string_view kMe = "plan-me";
constexpr std::int64_t kSaidMs = 7LL * 86'400'000;

std::string draft_of(const std::string& subject) { return "plan-draft." + subject; }
std::string row_of(int number) { return "plan." + std::to_string(number); }
std::string safe_row(const PlanId& plan) { return "plan-safe." + plan.hex(); }

const household::Member* member_of(const household::Household& home, int number) {
  for (const household::Member& one : home.members)
    if (one.number == number) return &one;
  return nullptr;
}

Step failed(std::string& trouble, Code code) {
  trouble = base::message_key(code) + ".what";
  Step out;
  out.rolled_back = true;
  return out;
}

}  // namespace

std::optional<mail::Recipient> support_of(const PhoneContext& context) {
  for (const mail::Office& office : context.mail.offices())
    if (office.kind == kSupportOffice)
      if (auto to = context.mail.recipient(office.mailbox); to.ok()) return *to;
  return std::nullopt;
}

std::optional<OwnPlan> own_plan(const PhoneContext& context, int number) {
  const auto map = code::decode(context.book.draft(row_of(number)));
  if (!map.ok()) return std::nullopt;
  const auto secret = map->fixed_at<16>(1), message = map->fixed_at<16>(2);
  if (!secret.ok() || !message.ok()) return std::nullopt;
  return OwnPlan{*secret, base::MessageId{*message}};
}

std::optional<SafeSaid> safe_said(const PhoneContext& context, const PlanId& plan) {
  const auto map = code::decode(context.book.draft(safe_row(plan)));
  if (!map.ok()) return std::nullopt;
  const auto at = map->integer_at(1);
  const auto message = map->fixed_at<16>(2);
  if (!at.ok() || !message.ok()) return std::nullopt;
  return SafeSaid{Instant{*at}, base::MessageId{*message}};
}

std::string supporter_name(const PhoneContext& context) {
  const auto kept = code::decode(context.book.draft(kMe));
  const auto name = kept.ok() ? kept->text() : Result<std::string>(fail(Code::NotFound));
  return name.ok() ? *name : "";
}

std::optional<Instant> emergency(const PhoneContext& context) {
  const auto call = PlanBook(context.database).called();
  if (call.ok() && *call && (*call)->calls) return (*call)->at;
  std::optional<Instant> since;
  for (const std::string_view row : {kArrivalRow, kSafetyRow})
    if (const auto said = last_said(context, row);
        said && context.now.ms - said->at.ms < kSaidMs && (!since || *since < said->at) &&
        (row == kArrivalRow || said->number(4, 1) == static_cast<int>(Safety::Help)))
      since = said->at;
  return since;
}

Status PlanScreens::take(store::Database& database, const mail::Client& mail,
                         const mail::Received& received) {
  const auto office = received.office ? mail.office(received.office->office) : std::nullopt;
  if (!office || office->kind != kSupportOffice) return fail(Code::NotAllowed, "no desk of plans behind it");
  PlanBook book(database);
  if (received.kind == kKindApproved) {
    MACHI_TRY_SET(approval, decode_approval(received.content));
    return book.approve(approval);
  }
  if (received.kind == kKindShared) {
    MACHI_TRY_SET(shared, decode_shared(received.content));
    MACHI_TRY(book.add(shared.plan, PlanRole::Supported));
    MACHI_TRY(book.hold(shared.plan.id, shared.ticket));
    return book.approve(shared.approval);
  }
  if (received.kind == kKindPlan) {
    // The office takes a plan back from those with whom it was shared, and from nobody else.
    MACHI_TRY_SET(plan, decode_plan(received.content));
    MACHI_TRY_SET(known, book.find(plan.id));
    if (!plan.withdrawn || (known && known->role == PlanRole::Own)) return fail(Code::NotAllowed, "plan");
    return book.add(plan, PlanRole::Supported);
  }
  if (received.kind == kKindSeen) {
    MACHI_TRY_SET(seen, decode_seen(received.content));
    return book.seen(seen);
  }
  if (received.kind == kKindCall) {
    MACHI_TRY_SET(call, decode_call(received.content));
    return book.call(call);
  }
  return fail(Code::Unsupported, "kind");
}

// The form begins with the plan as it is, or with what the household tells.
bool PlanScreens::open(const PhoneContext& context, const std::string& name, const std::string& subject) {
  if (name != kPlanForm) return true;
  const auto home = context.book.load();
  const int number = std::atoi(subject.c_str());
  const household::Member* member = home.ok() && *home ? member_of(**home, number) : nullptr;
  if (!member) return false;
  trouble_.clear();
  left_out_.clear();
  draft_ = {};
  if (take_draft(context, subject)) return true;
  draft_.name = member->kana;
  if (const auto own = own_plan(context, number)) {
    const auto line = PlanBook(context.database).find(plan_id(own->secret));
    if (line.ok() && *line && !(*line)->plan.withdrawn) draft_ = (*line)->plan;
  }
  const auto offer = [this](PlanSupporter one) {
    for (const PlanSupporter& known : draft_.supporters)
      if (known.name == one.name) return;
    if (draft_.supporters.size() >= kPlanSupporters) return;
    left_out_.insert(draft_.supporters.size());
    draft_.supporters.push_back(std::move(one));
  };
  for (const household::Supporter& one : (*home)->supporters)
    offer({one.name, one.telephone, "", true, std::nullopt});
  for (const mail::Office& office : context.mail.offices())
    if (office.kind == kHelpersOffice)
      if (auto to = context.mail.recipient(office.mailbox); to.ok())
        offer({household::cleaned(office.name, household::kNameLimit), "", "", true, *to});
  return true;
}

// What was half written when the app was closed.
bool PlanScreens::take_draft(const PhoneContext& context, const std::string& subject) {
  const auto kept = code::decode(context.book.draft(draft_of(subject)));
  const auto inside = kept.ok() ? kept->at(1) : Result<const code::Cbor*>(fail(Code::NotFound));
  auto plan = inside.ok() ? decode_plan(**inside) : Result<Plan>(fail(Code::NotFound));
  if (!plan.ok()) return false;
  draft_ = std::move(*plan);
  const code::Cbor* out = kept->find(2);
  if (out != nullptr && out->array())
    for (const code::Cbor& one : *out->array())
      if (const auto at = one.integer(); at.ok()) left_out_.insert(static_cast<std::size_t>(*at));
  return true;
}

void PlanScreens::keep_draft(const PhoneContext& context, const std::string& subject) const {
  code::CborArray left_out;
  for (const std::size_t at : left_out_) left_out.push_back(code::Cbor(static_cast<std::int64_t>(at)));
  household::HouseholdBook book = context.book;
  // A draft that finds no room is typed again; what is sent is told of.
  static_cast<void>(book.save_draft(
      draft_of(subject), code::encode(code::Cbor::map({{1, encode(draft_)}, {2, std::move(left_out)}}))));
}

Step PlanScreens::send(const PhoneContext& context, int number, bool withdrawn) {
  const auto write = [&]() -> Status {
    MACHI_TRY_SET(home, context.book.load());
    const auto to = support_of(context);
    const household::Member* member = home ? member_of(*home, number) : nullptr;
    if (!member || !to) return fail(Code::NotFound, "member");
    const auto own = own_plan(context, number);
    WrittenPlan written;
    if (own)
      written.secret = own->secret;
    else
      context.entropy.fill(written.secret);
    PlanBook plans(context.database);
    Plan& plan = written.plan;
    const PlanId id = plan_id(written.secret);
    MACHI_TRY_SET(before, plans.find(id));
    if (!withdrawn) plan = draft_;
    plan.id = id;
    plan.counter = before ? before->plan.counter + 1 : 1;
    plan.at = context.now;
    plan.withdrawn = withdrawn;
    plan.name = member->name.empty() ? member->kana : member->name;
    plan.kana = member->kana;
    plan.birth = member->birth;
    plan.sex = member->sex;
    plan.needs = member->needs;
    plan.address = home->address;
    plan.telephone = home->telephone;
    for (std::size_t at = plan.supporters.size(); at-- > 0;)
      if (left_out_.contains(at))
        plan.supporters.erase(plan.supporters.begin() + static_cast<std::ptrdiff_t>(at));
    store::Transaction transaction(context.database);
    // Where the town answers.
    MACHI_TRY_SET(mailbox, context.mail.person_mailbox(context.now));
    MACHI_TRY_SET(reply, context.mail.self(mailbox));
    plan.reply = reply;
    MACHI_TRY(plans.add(plan, PlanRole::Own));
    MACHI_TRY_SET(message, context.mail.send(*to, kKindPlan, encode(written), context.now));
    household::HouseholdBook book = context.book;
    MACHI_TRY(book.save_draft(row_of(number),
                              code::encode(code::Cbor::map({{1, written.secret}, {2, message.bytes}}))));
    MACHI_TRY(book.drop_draft(draft_of(std::to_string(number))));
    return transaction.commit();
  };
  if (const Status done = write(); !done.ok()) return failed(trouble_, done.code());
  Step out;
  out.sent = out.persist = true;
  out.move = Move::Back;
  return out;
}

Step PlanScreens::form_act(const PhoneContext& context, const std::string& subject,
                           const screen::Action& action) {
  const std::string_view node = action.node;
  if (node == "help") draft_.help = household::cleaned(action.value, kPlanTextLimit);
  if (node == "where") draft_.place = household::cleaned(action.value, household::kTextLimit);
  if (node == "route") draft_.route = household::cleaned(action.value, kPlanTextLimit);
  if (node == "share") draft_.share = action.value == "yes";
  if (node == "supporters") {
    left_out_.clear();
    for (std::size_t at = 0; at < draft_.supporters.size(); ++at)
      if (std::find(action.values.begin(), action.values.end(), std::to_string(at)) == action.values.end())
        left_out_.insert(at);
  }
  if (action.action != "press") {
    keep_draft(context, subject);
    return {};
  }
  if (node == "scan") return {Move::Push, kPlanScan, subject};
  if (node == "withdraw") return send(context, std::atoi(subject.c_str()), true);
  if (node != "send") return {};
  trouble_.clear();
  if (draft_.place.empty()) {
    trouble_ = "plan.missing";
    return {};
  }
  return send(context, std::atoi(subject.c_str()), false);
}

Step PlanScreens::act(const PhoneContext& context, const std::string& name, const std::string& subject,
                      const screen::Action& action) {
  if (name == kPlanForm) return form_act(context, subject, action);
  if (name == kPlanScan && action.action == "scan") {
    auto code = supporter_from_text(action.value);
    trouble_ = code.ok() ? "" : "plan.scan.wrong";
    if (!code.ok() || draft_.supporters.size() >= kPlanSupporters) return {};
    std::erase_if(draft_.supporters, [&](const PlanSupporter& one) { return one.name == code->name; });
    left_out_.clear();
    draft_.supporters.push_back({code->name, code->telephone, "", true, code->phone});
    keep_draft(context, subject);
    return {Move::Back, "", ""};
  }
  if (name == kPlanCode && action.node == "me") {
    household::HouseholdBook book = context.book;
    const std::string me = household::cleaned(action.value, household::kNameLimit);
    // The mailbox to which plans come is there before anybody names it.
    const auto mailbox = context.mail.person_mailbox(context.now);
    if (!mailbox.ok() || !book.save_draft(kMe, code::encode(code::Cbor(me))).ok()) return {};
    Step out;
    out.persist = true;
    return out;
  }
  if (action.action != "press") return {};
  if (action.node == "code") return {Move::Push, kPlanCode, ""};
  const std::string_view node = action.node;
  if (node.starts_with("member:")) return {Move::Push, kPlanForm, std::string(node.substr(7))};
  return pressed(context, action).value_or(Step());
}

std::optional<Step> PlanScreens::pressed(const PhoneContext& context, const screen::Action& action) {
  if (action.action != "press") return std::nullopt;
  const std::string_view node = action.node;
  if (node == "plans") return Step{Move::Push, kPlans, ""};
  if (node.starts_with("plan:")) return Step{Move::Push, kPlanOne, std::string(node.substr(5))};
  if (!node.starts_with("plan-safe:")) return std::nullopt;
  Step out;
  const auto write = [&]() -> Status {
    MACHI_TRY_SET(id, PlanId::from_hex_text(node.substr(10)));
    MACHI_TRY_SET(line, PlanBook(context.database).find(id));
    const auto to = support_of(context);
    if (!line || !line->ticket || !to) return fail(Code::NotFound, "ticket");
    store::Transaction transaction(context.database);
    MACHI_TRY_SET(message, context.mail.send(*to, kKindSafe, encode(PlanSafe{*line->ticket, context.now, ""}),
                                             context.now));
    household::HouseholdBook book = context.book;
    MACHI_TRY(book.save_draft(safe_row(id),
                              code::encode(code::Cbor::map({{1, context.now.ms}, {2, message.bytes}}))));
    return transaction.commit();
  };
  out.sent = write().ok();
  out.rolled_back = !out.sent;
  return out;
}

}  // namespace machi::shelter
