// The form for other names, and what becomes of them.
#include "core/shelter/citizen/alias.h"

#include "core/shelter/citizen/record.h"

namespace machi::shelter {
namespace {

using base::Code;
using base::fail;
using screen::Icon;
using screen::Importance;
using screen::Kind;
using screen::Nodes;
using screen::Tone;

constexpr std::string_view kField = "alias:";

std::optional<mail::Recipient> protection_of(const PhoneContext& context) {
  for (const mail::Office& office : context.mail.offices())
    if (office.kind == kProtectionOffice)
      if (auto to = context.mail.recipient(office.mailbox); to.ok()) return *to;
  return std::nullopt;
}

}  // namespace

void AliasScreen::open(const PhoneContext& context) {
  typed_.clear();
  trouble_.clear();
  if (const auto known = household::aliases_of(context.book)) typed_ = known->names;
}

Status AliasScreen::use(const PhoneContext& context) {
  MACHI_TRY_SET(home, context.book.load());
  const auto to = protection_of(context);
  if (!home || !to) return fail(Code::NotFound, "household");
  const auto before = household::aliases_of(context.book);
  household::Aliases aliases;
  if (before) aliases = *before;
  if (before) {
    ++aliases.counter;
  } else {
    aliases.household = context.entropy.id<household::HouseholdTag>();
    context.entropy.fill(aliases.entry);
  }
  aliases.names.clear();
  AliasEntry entry;
  entry.id.bytes = aliases.entry;
  entry.counter = aliases.counter;
  entry.at = context.now;
  for (const household::Member& one : home->members) {
    const std::string alias = household::cleaned(typed_[one.number], household::kNameLimit);
    if (alias.empty()) return fail(Code::Missing, "alias");
    aliases.names[one.number] = alias;
    entry.people.push_back({household::person_id(aliases.household, one.number), alias, one.name, one.kana,
                            one.birth, home->address, home->telephone});
  }
  store::Transaction transaction(context.database);
  MACHI_TRY_SET(message, context.mail.send(*to, kKindAlias, encode(entry), context.now));
  aliases.message = message;
  household::HouseholdBook book = context.book;
  // What the receptions have of the family under its own name is taken back.
  if (!before && sends_record(context) && context.to) {
    household::Household gone;
    gone.id = home->id;
    gone.counter = home->counter + 1;
    gone.changed = gone.confirmed = context.now;
    gone.last_number = home->last_number;
    MACHI_TRY(context.mail.send(*context.to, household::kKindHousehold, household::encode_household(gone),
                                context.now));
  }
  MACHI_TRY(household::save_aliases(book, aliases));
  MACHI_TRY(book.save(*home, context.entropy, context.now));  // another pass from now on
  return transaction.commit();
}

Status AliasScreen::stop(const PhoneContext& context) {
  MACHI_TRY_SET(home, context.book.load());
  const auto known = household::aliases_of(context.book);
  if (!home || !known) return {};
  store::Transaction transaction(context.database);
  if (const auto to = protection_of(context)) {
    AliasEntry entry;
    entry.id.bytes = known->entry;
    entry.counter = known->counter + 1;
    entry.at = context.now;
    MACHI_TRY(context.mail.send(*to, kKindAlias, encode(entry), context.now));
  }
  household::HouseholdBook book = context.book;
  MACHI_TRY(household::drop_aliases(book));
  MACHI_TRY(book.save(*home, context.entropy, context.now));
  return transaction.commit();
}

screen::Screen AliasScreen::view(const PhoneContext& context) const {
  const words::Words& words = context.words;
  screen::Screen out;
  out.name = kAliasScreen;
  out.language = words.language();
  const std::string title = words("alias.title");
  out.title = words::plain(title);
  out.bar.push_back(screen::button("back", words("button.back"), Importance::Tertiary, Icon::Back));
  (words.easy() ? out.main : out.bar).push_back(screen::heading("title", title));
  if (!trouble_.empty()) out.main.push_back(screen::alert("trouble", words(trouble_), Tone::Danger));
  const auto known = household::aliases_of(context.book);
  if (known) {
    const bool arrived = state_of(context, known->message) == Sent::Arrived;
    out.main.push_back(screen::alert("state", words(arrived ? "alias.arrived" : "shelter.said.saved"),
                                     arrived ? Tone::Success : Tone::Warning));
    out.main.back().hint = words("alias.pass");
  }
  out.main.push_back(screen::text("what", words("alias.what")));
  const auto home = context.book.load();
  if (home.ok() && *home)
    for (const household::Member& one : (*home)->members) {
      const auto typed = typed_.find(one.number);
      out.main.push_back(screen::field(std::string(kField) + std::to_string(one.number),
                                       words("alias.name", {{"name", one.kana}}), Kind::Text,
                                       typed == typed_.end() ? "" : typed->second));
      out.main.back().max_length = static_cast<std::int32_t>(household::kNameLimit);
    }
  out.foot.push_back(screen::button("use", words("alias.use"), Importance::Primary, Icon::Lock));
  if (known) out.foot.push_back(screen::button("stop", words("alias.stop"), Importance::Tertiary));
  return out;
}

Step AliasScreen::act(const PhoneContext& context, const screen::Action& action) {
  const std::string_view node = action.node;
  if (node.starts_with(kField)) typed_[std::atoi(action.node.c_str() + kField.size())] = action.value;
  if (action.action != "press" || (node != "use" && node != "stop")) return {};
  const Status done = node == "use" ? use(context) : stop(context);
  trouble_ = done.ok()                      ? ""
             : done.code() == Code::Missing ? "alias.missing"
                                            : base::message_key(done.code()) + ".what";
  Step out;
  out.sent = out.persist = done.ok();
  out.rolled_back = !done.ok();
  if (done.ok() && node == "stop") out.move = Step::Move::Back;
  return out;
}

Nodes AliasScreen::nodes(const PhoneContext& context) {
  if (!household::aliases_of(context.book) && !protection_of(context)) return {};
  return {screen::button("alias", context.words("alias.title"), Importance::Tertiary, Icon::Lock)};
}

}  // namespace machi::shelter
