// How the world answers, and what it holds the kiosk to.
#include "tests/unit/certificate/kiosk_world.h"

namespace machi::certificate::kiosk::test {
namespace {

Facts facts_of(const OrderItem& item, int person, std::uint64_t leaf, int born) {
  Facts out = certificate::test::facts(item.kind);
  out.number = "26-" + std::to_string(leaf);
  out.people[0].name = std::string("渡邉󠄏 ") + static_cast<char>('A' + person);
  out.people[0].birth = day(born + person, 1, 2);
  if (out.tax && item.year != 0) out.tax->year = item.year;
  return out;
}

}  // namespace

Holder World::holder(int person) const {
  return {std::string("渡邉　") + static_cast<char>('A' + person), day(born + person, 1, 2)};
}

std::vector<SealKey> World::seal_keys() {
  return {{certificate::test::key(1).open, base::instant_of(day(2026, 1, 1), {}),
           base::instant_of(day(2028, 1, 1), {})}};
}

Answer World::answer(const Work& work, int person) {
  person_ = person;
  return perform(work);
}

World::World() {
  EXPECT_TRUE(crypto::ready());
  disk = *store::Database::open({});
  EXPECT_TRUE(disk->migrate(JournalStore::migrations()).ok());
}

void World::point() {
  ++points;
  if (kill_at < 0) return;
  if (kill_at-- == 0) throw Killed{};
}

void World::start_process() {
  kiosk.reset();
  auto folded = JournalStore(*disk).book();
  ASSERT_TRUE(folded.ok()) << folded.error().detail;
  kiosk = std::make_unique<Transaction>(std::move(*folded), seal_keys(), random);
  run(kiosk->begin(now_));
}

void World::run(std::optional<Effect> effect) {
  for (int steps = 0; effect && steps < 500; ++steps) {
    point();
    Answer answer = perform(effect->work);
    point();
    const std::uint64_t number = effect->number;
    effect = kiosk->on(number, answer, now_);
    // The same answer once more, as a terminal that repeats itself gives it, changes nothing.
    if (kiosk->on(number, answer, now_) && broken.empty()) broken = "an answer counted twice";
    if (effect && fault("card-out") == 1) {
      if (kiosk->on(act::CardOut{}, now_)) broken = "two things at once";
    }
  }
  if (effect && broken.empty()) broken = "it never ends";
}

bool World::visit(int person) {
  person_ = person;
  if (kiosk->stage() != Stage::Free) return false;
  if (!tray.empty() && broken.empty()) broken = "somebody's paper lies in the tray of a kiosk in service";
  const Case* again = kiosk->book().find_case(reprints);
  run(kiosk->on(act::Start{again != nullptr ? again->lacking() : order, reprints}, now_));
  for (int turns = 0; turns < 20; ++turns) {
    const Stage stage = kiosk->stage();
    if (stage == Stage::Pin) {
      if (fault("leave") == 1) {
        run(kiosk->on(act::CardOut{}, now_));
      } else {
        run(kiosk->on(act::TypePin{}, now_));
      }
    } else if (stage == Stage::Confirming) {
      if (fault("leave") == 1) {
        run(kiosk->on(act::Cancel{}, now_));
      } else {
        run(kiosk->on(act::Confirm{}, now_));
      }
    } else {
      break;
    }
  }
  if (kiosk->stage() == Stage::Stuck) throw Killed{};  // its supervisor starts it anew
  if (kiosk->stage() == Stage::TakePaper) {
    if (takes_paper) {
      tray.clear();
      run(kiosk->on(act::TookPaper{}, now_));
    } else {
      run(kiosk->on(act::Cancel{}, now_));
    }
  }
  return true;
}

void World::visit_through(int person, std::vector<int> kills) {
  std::size_t life = 0;
  const auto next = [&] { kill_at = life < kills.size() ? kills[life++] : -1; };
  next();
  bool started = kiosk != nullptr;
  for (int lives = 0; lives < 12; ++lives) {
    try {
      if (!started) {
        start_process();
        if (kiosk->stage() == Stage::Stuck) throw Killed{};
        kill_at = -1;
        return;
      }
      visit(person);
      kill_at = -1;
      return;
    } catch (const Killed&) {
      power_cut();
      started = false;
      next();
    }
  }
  broken = "it does not come up";
}

void World::staff() {
  come_true();
  tray.clear();
  for (auto& [ref, job] : jobs) job.cancelled = true;
  const std::vector<std::uint32_t> open = kiosk->book().cases();
  for (const std::uint32_t number : open) run(kiosk->on(act::SettleCase{number}, now_));
  run(kiosk->on(act::EmptyTray{}, now_));
}

void World::power_cut() {
  killed_while_printing_ = true;
  for (auto& [ref, job] : jobs) {
    if (job.left == 0 || job.cancelled || job.stopped) continue;
    const int what = fault("power-cut");
    if (what == 0) put_out(job, 1);
    if (what == 1) put_out(job, job.left);
    if (what == 2) job.stopped = true;
    if (what == 3) job.lost = true;
  }
}

void World::empty_tray() {
  come_true();
  tray.clear();
  for (auto& [ref, job] : jobs) job.cancelled = true;
  run(kiosk->on(act::EmptyTray{}, now_));
}

void World::idle() { run(kiosk->on(act::Idle{}, now_)); }

void World::come_true() {
  for (auto& [ref, money] : charges)
    if (money.late && !money.closed) money.charged = true, money.late = false;
}

void World::put_out(Job& job, std::uint64_t sheets) {
  for (; sheets > 0 && job.left > 0; --sheets, --job.left) {
    ++counter;
    printed.push_back({job.session, job.owner, job.paper});
    tray.push_back(printed.back());
    if (owners.at(job.session) != job.owner) broken = "the wrong person's paper was printed";
  }
}

Answer World::perform(const Work& what) {
  const SessionId session = book().open() ? book().open()->id : SessionId{};
  if (const auto* it = std::get_if<work::Write>(&what)) {
    if (fault("write") == 1) return answer::Written{false};
    if (it->record.mark == Mark::Began) owners[it->record.session] = person_;
    return answer::Written{JournalStore(*disk).append(it->record).ok()};
  }
  if (std::holds_alternative<work::Challenge>(what)) {
    if (fault("challenge") == 1) return answer::Challenged{};
    base::Array<32> nonce{};
    random.fill(nonce);
    return answer::Challenged{nonce};
  }
  if (std::holds_alternative<work::Identify>(what)) {
    switch (fault("card")) {
      case 1:
        return answer::Identified{CardTrouble::WrongPin, 2, {}, {}};
      case 2:
        return answer::Identified{CardTrouble::LastTry, 1, {}, {}};
      case 3:
        return answer::Identified{CardTrouble::Unreadable, 0, {}, {}};
      default:
        return answer::Identified{CardTrouble::None, 3, holder(person_), Bytes{1, 2, 3}};
    }
  }
  if (const auto* it = std::get_if<work::Ask>(&what)) return ask(*it);
  if (std::holds_alternative<work::LookAtPrinter>(what)) {
    come_true();
    const int trouble = fault("look");
    bool empty = true;
    for (const auto& [ref, job] : jobs) empty = empty && (job.left == 0 || job.cancelled || job.lost);
    answer::PrinterSeen seen{trouble == 0, empty, tray.empty(), std::nullopt};
    if (trouble == 2) return answer::PrinterSeen{};  // does not answer
    if (counts) seen.counter = counter;
    return seen;
  }
  if (const auto* it = std::get_if<work::Charge>(&what)) {
    const int trouble = fault("charge");
    Money& money = charges[it->ref];
    if (money.amount != 0) broken = "a reference was charged twice";
    money = {session, it->amount, trouble == 0 || trouble == 2, false, trouble == 4};
    if (trouble == 1) money.closed = true;
    return answer::Done{trouble == 0 ? Known::Yes : trouble == 1 ? Known::No : Known::Unknown};
  }
  if (const auto* it = std::get_if<work::Settle>(&what)) {
    if (fault("settle") == 1) return answer::Done{};
    Money& money = refunds.contains(it->ref) ? refunds[it->ref] : charges[it->ref];
    money.closed = true;
    money.late = false;
    return answer::Done{money.charged ? Known::Yes : Known::No};
  }
  if (const auto* it = std::get_if<work::Refund>(&what)) {
    const int trouble = fault("refund");
    if (!charges[it->of].charged) broken = "a refund of nothing";
    refunds[it->ref] = {charges[it->of].session, it->amount, trouble == 0 || trouble == 2, trouble == 1,
                        false};
    return answer::Done{trouble == 0 ? Known::Yes : trouble == 1 ? Known::No : Known::Unknown};
  }
  if (const auto* it = std::get_if<work::Print>(&what)) return print(*it);
  if (const auto* it = std::get_if<work::Watch>(&what)) return watch(it->ref);
  if (std::holds_alternative<work::ClearPrinter>(what)) {
    if (fault("clear") == 1) return answer::Finished{false};
    for (auto& [ref, job] : jobs) job.cancelled = true;
    return answer::Finished{true};
  }
  if (const auto* it = std::get_if<work::TellClerk>(&what)) {
    const int trouble = fault("tell");
    if (trouble != 1) {
      // A case may be paid back, or printed again, later.
      if (told.contains(it->outcome.session) && told[it->outcome.session] != it->outcome.outcome &&
          (told[it->outcome.session] != Outcome::OpenCase || it->outcome.outcome != Outcome::Refunded))
        broken = "the clerk was told two things";
      told[it->outcome.session] = it->outcome.outcome;
    }
    return answer::Finished{trouble == 0};
  }
  if (std::holds_alternative<work::Receipt>(what)) ++receipts;
  if (std::holds_alternative<work::Slip>(what)) ++slips;
  return answer::Finished{fault("receipt") == 0};
}

Answer World::print(const work::Print& job) {
  const int trouble = fault("print");
  const std::size_t index = jobs.empty() ? 0 : book().open()->jobs.size() - 1;
  if (trouble != 1 && trouble != 3) {
    // Whose paper it is stands in its seal.
    const auto reading = read_seal(job.paper->seals[0], seal_keys(), nullptr);
    const int owner = reading.seal->people[0].name.back() - 'A';
    jobs[job.ref] = {job.session, owner, index,
                     job.paper->seals.size() * static_cast<std::uint64_t>(job.paper->copies)};
  }
  return answer::Done{trouble == 0 ? Known::Yes : trouble == 1 ? Known::No : Known::Unknown};
}

Answer World::watch(const Ref& ref) {
  const auto found = jobs.find(ref);
  if (found == jobs.end() || found->second.lost) return answer::Watched{JobState::NotFound};
  Job& job = found->second;
  if (job.left == 0) return answer::Watched{JobState::Completed};
  if (job.cancelled || job.stopped) return answer::Watched{JobState::Stopped};
  switch (fault("watch")) {
    case 1:
      job.stopped = true;
      return answer::Watched{JobState::Stopped};
    case 2:
      return answer::Watched{JobState::Silent};
    case 3:
      job.lost = true;  // switched off and on again: it knows nothing of the job
      return answer::Watched{JobState::NotFound};
    case 4:
      put_out(job, 1);
      job.stopped = job.left > 0;
      return answer::Watched{JobState::Silent};
    default:
      put_out(job, 1);
      return answer::Watched{job.left == 0 ? JobState::Completed : JobState::Working};
  }
}

Offer World::offer(const SessionId& session, const Ref& request, const std::vector<OrderItem>& items,
                   int person) {
  Offer out{session, request, {}};
  for (const OrderItem& item : items) {
    const Facts facts = facts_of(item, person, leaf_, born);
    const std::vector<std::vector<std::size_t>> sheets = {{0}};
    const auto key = certificate::test::key(1);
    const Seal seal = (*seals_of(facts, sheets, leaf_++, key))[0];
    out.papers.push_back({item.kind,
                          base::copy(base::view(facts.number)),
                          {seal_text(make_seal(seal, key))},
                          item.copies,
                          fee * item.copies});
  }
  return out;
}

Answer World::ask(const work::Ask& ask) {
  const int trouble = fault("clerk");
  Offer mine = offer(ask.session, ask.request, ask.order, trouble == 3 ? person_ + 1 : person_);
  if (trouble == 2 && last_offer_) std::swap(mine, *last_offer_);
  if (trouble == 5) mine.papers.pop_back();
  if (trouble == 6) mine.papers[0].copies = 9;
  if (trouble == 2 || trouble == 0) last_offer_ = mine;
  if (trouble == 1 || trouble == 4) return answer::Offered{};
  return answer::Offered{std::move(mine)};
}

std::optional<Outcome> World::outcome(std::size_t visit) const {
  for (const Record& record : journal())
    if (record.mark == Mark::Ended && visit-- == 0) return record.outcome;
  return std::nullopt;
}

std::string World::check() const {
  if (!broken.empty()) return broken;
  if (book().open()) return "a session is still open";
  std::map<SessionId, Record> ended;
  std::map<SessionId, std::vector<OfferedPaper>> papers;
  std::set<SessionId> again;
  std::map<std::uint32_t, int> allowed;
  for (const Record& record : journal()) {
    if (record.mark == Mark::CaseReprint) ++allowed[record.number];
    if (record.mark == Mark::Began && record.number != 0) {
      if (--allowed[record.number] < 0) return "a second certificate without staff";
      again.insert(record.session);
    }
    if (record.mark == Mark::Ended && !ended.emplace(record.session, record).second) return "it ended twice";
    if (record.mark == Mark::Offered) papers[record.session] = record.papers;
  }
  for (const auto& [session, person] : owners) {
    if (!ended.contains(session)) {
      // Begun only in the world: its first record never reached the disk.
      for (const auto& [ref, money] : charges)
        if (money.session == session) return "a charge without a session";
      continue;
    }
    int charged = 0, refunded = 0;
    std::int64_t net = 0, total = 0;
    for (const auto& [ref, money] : charges)
      if (money.session == session && (money.charged || (money.late && !money.closed)))
        ++charged, net += money.amount;
    for (const auto& [ref, money] : refunds)
      if (money.session == session && money.charged) ++refunded, net -= money.amount;
    std::map<std::size_t, std::uint64_t> out;
    for (const Sheet& sheet : printed)
      if (sheet.session == session) ++out[sheet.paper];
    std::size_t whole = 0;
    for (std::size_t i = 0; i < papers[session].size(); ++i) {
      const OfferedPaper& paper = papers[session][i];
      const auto sheets = static_cast<std::uint64_t>(paper.sheets) * static_cast<std::uint64_t>(paper.copies);
      total += paper.fee;
      if (out[i] > sheets) return "a second certificate";
      if (out[i] == sheets) ++whole;
    }
    const Record& end = ended[session];
    if (charged > 1) return "two charges for a request";
    if (refunded > charged) return "a refund too many";
    switch (end.outcome) {
      case Outcome::Delivered:
        if (whole != papers[session].size()) return "said delivered, and was not";
        if (net != (again.contains(session) ? 0 : total)) return "delivered, and not paid";
        break;
      case Outcome::NotCharged:
        if (charged != 0) return "a charge without a delivery or a case";
        if (!out.empty() &&
            std::any_of(out.begin(), out.end(), [](const auto& one) { return one.second != 0; }))
          return "paper for nothing";
        break;
      case Outcome::Refunded:
        if (net != 0 || refunded != 1) return "said refunded, and was not";
        for (const auto& [paper, sheets] : out)
          if (sheets != 0) return "refunded, and printed";
        break;
      case Outcome::OpenCase:
        if (end.number == 0) return "a case without a number";
        break;
    }
    if (told.contains(session) && told.at(session) != end.outcome &&
        (end.outcome != Outcome::OpenCase || told.at(session) != Outcome::Refunded))
      return "the clerk was told another end";
  }
  return {};
}

}  // namespace machi::certificate::kiosk::test
