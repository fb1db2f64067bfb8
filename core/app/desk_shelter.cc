// Between a shelter's pages and the mail: what the pages write goes to the office itself, what a scanner read
// is opened with the office's keys, and a file carries what no hub could.
#include "core/app/desk_shelter.h"

#include "core/shelter/desk/exchange.h"
#include "core/shelter/poster.h"

namespace machi::app {

using base::Instant;

bool DeskShelter::is_own(std::string_view kind) {
  return kind.starts_with("shelter.") || kind == household::kKindHousehold;
}

bool DeskShelter::open(const mail::MailboxId& office) const {
  const auto known = client_.office(office);
  return known && known->kind == "shelter";
}

base::Status DeskShelter::note(std::string_view kind, code::Cbor content, Instant now) {
  MACHI_TRY_SET(self, client_.self(office_));
  MACHI_TRY(client_.send(self, kind, std::move(content), now));
  return {};
}

bool DeskShelter::colleague(const crypto::SignPublic& from) const {
  const mail::AccessLog* log = client_.access(office_);
  return log && log->was_reader(from);
}

bool DeskShelter::protects() const {
  for (const mail::Office& office : client_.offices())
    if (office.kind == shelter::kProtectionOffice) return true;
  return false;
}

// With the shelter office's proof: the officers see that a reception wrote it.
base::Status DeskShelter::protect(code::Cbor content, Instant now) {
  for (const mail::Office& office : client_.offices()) {
    if (office.kind != shelter::kProtectionOffice) continue;
    MACHI_TRY_SET(to, client_.recipient(office.mailbox));
    MACHI_TRY(client_.send_as(office_, to, shelter::kKindAlias, std::move(content), now));
    return {};
  }
  return base::fail(base::Code::NotFound, "protection");
}

base::Status DeskShelter::tell(const mail::Recipient& to, std::string_view kind, code::Cbor content,
                               Instant now) {
  MACHI_TRY(client_.send_as(office_, to, kind, std::move(content), now));
  return {};
}

shelter::DeskView DeskShelter::scene(const Moment& moment) const {
  shelter::DeskView view{desk_, moment.words,     pages_.place(), moment.now,
                         "",    moment.connected, moment.contact};
  if (const auto office = client_.office(office_)) view.office = office->name;
  view.waiting = client_.waiting();
  view.drawing = moment.drawing;
  view.lockable = moment.lockable;
  view.symbol = moment.symbol;
  view.poster = [this, &moment](const shelter::ShelterLine& of) { return poster(of, moment); };
  if (auto shelters = desk_.book().shelters(); shelters.ok()) view.shelters = std::move(*shelters);
  return view;
}

screen::Screen DeskShelter::view(const Moment& moment) const { return pages_.view(scene(moment)); }

base::Result<shelter::DeskAsk> DeskShelter::act(const screen::Action& action, const Moment& moment,
                                                const std::string* text) {
  return pages_.act(action, scene(moment),
                    {text, [this](std::string_view read) { return read_pass(read); },
                     [this, now = moment.now](std::string_view file) { return take_exchange(file, now); }});
}

// Of a day: the same paper however often it is printed.
std::string DeskShelter::poster(const shelter::ShelterLine& of, const Moment& moment) const {
  const auto pen = moment.pen ? moment.pen() : std::nullopt;
  if (!pen) return "";
  const base::Date today = base::date_of(moment.now);
  const auto cose = shelter::make_poster(
      {client_.trust().town().id, office_, of.id, household::cleaned(of.name, 60),
       base::instant_of(today, {}), base::instant_of(today.plus(shelter::kPosterDays), {})},
      *pen);
  return moment.site + "/#" + shelter::poster_fragment(cose);
}

household::PassReading DeskShelter::read_pass(std::string_view text) const {
  const auto keys = client_.epoch_keys(office_);
  return household::read_pass(text, {client_.trust().town().id, keys,
                                     [this](const household::HouseholdId& id) { return desk_.newest(id); }});
}

// What the hub does not have comes first: when there is more than fits, the mail has the rest.
base::Result<std::string> DeskShelter::exchange(const Moment& moment) {
  MACHI_TRY_SET(pen, client_.begin_apart(office_, moment.now));
  std::vector<base::Bytes> envelopes;
  std::size_t size = pen.head.size() * 4 / 3 + 8;
  for (std::size_t skip = 0;; skip += shelter::kExchangeFacts) {
    MACHI_TRY_SET(facts, desk_.book().wanted_elsewhere(shelter::kExchangeFacts, skip));
    if (facts.empty()) break;
    MACHI_TRY_SET(envelope, client_.write_apart(pen, shelter::kKindExchange, encode(facts), moment.now));
    size += envelope.size() * 4 / 3 + 8;
    if (size > shelter::kExchangeBytes) {
      pages_.notice(moment.words("desk.shelter.exchange.more"));
      break;
    }
    envelopes.push_back(std::move(envelope));
  }
  return shelter::write_exchange(pen.head, envelopes);
}

base::Result<int> DeskShelter::take_exchange(std::string_view text, Instant now) {
  MACHI_TRY_SET(file, shelter::read_exchange(text));
  MACHI_TRY_SET(opened, client_.open_apart(office_, file.head));
  int fresh = 0;
  bool any = file.envelopes.empty() && file.damaged == 0;  // of a tablet that has nothing yet
  base::Error why = base::fail(base::Code::BadInput, "nothing in it");
  for (const base::Bytes& envelope : file.envelopes) {
    const auto mail = client_.read_apart(opened, envelope, now);
    const auto facts = mail.ok() && mail->kind == shelter::kKindExchange
                           ? shelter::decode_facts(mail->content)
                           : base::Result<shelter::Facts>(why);
    if (!facts.ok()) {
      why = mail.ok() ? facts.error() : mail.error();
      continue;
    }
    any = true;
    MACHI_TRY_SET(added, desk_.take(*facts));
    fresh += added;
  }
  if (!any) return why;
  return fresh;
}

}  // namespace machi::app
