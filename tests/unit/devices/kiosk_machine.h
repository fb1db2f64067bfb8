// A whole kiosk of processes: pcscd with a card, the clerk with its three, ippeveprinter, the terminal's
// simulator, and `machi kiosk run` that is started, killed and started again. What really happened is read
// from the terminal's book and the printer's tray. Tests only.
#pragma once

#include <map>
#include <nlohmann/json.hpp>

#include "core/certificate/kiosk/journal_store.h"
#include "core/crypto/sodium.h"
#include "platform/host/simulated/simulated_terminal.h"
#include "tests/unit/clerk/clerk_program.h"
#include "tests/unit/devices/card_service.h"
#include "tests/unit/devices/printer_service.h"

namespace machi::devices::test {

using certificate::kiosk::Mark;
using certificate::kiosk::Outcome;
using certificate::kiosk::Record;
using certificate::kiosk::Ref;

class Machine {
 public:
  explicit Machine(const std::string& pin = "1234") : clerk(town), printer("0.05") {
    files.pin = pin;
    base::Bytes seed(32, 0);
    seed[0] = 42;  // the clerk's world knows this kiosk
    save("kiosk.key", seed);
    save("pin", base::view(pin));
    save("wrong-pin", base::view("9999"));
    const clerk::Resident& who = town.anybody();
    save("card.der", town.card_of(who));
    files.certificate = (folder / "card.der").string();
    files.key = (town.folder / "ca/card.key").string();
    files.name = who.person.name;
    files.address = who.address;
    files.birth.clear();
    for (const char sign : who.person.birth.iso())
      if (sign != '-') files.birth.push_back(sign);
    files.sex = !who.person.sex ? "" : *who.person.sex == certificate::Sex::Male ? "1" : "2";
    terminal = std::make_unique<Process>(std::vector<std::string>{MACHI_PROGRAM, "simulate", "terminal",
                                                                  "--book", (folder / "book.db").string()});
    const auto said = nlohmann::json::parse(terminal->hear(), nullptr, false);
    if (said.is_object()) terminal_port = said.value("port", 0);
    card = std::make_unique<CardProcess>(cards, files);
    EXPECT_TRUE(card->say("insert"));
  }

  struct Life {
    bool killed = false;
    int exit = -1;
    nlohmann::json said;
  };
  // One life of the kiosk's process; `stop`: the moment at which it is killed, 0 for none.
  Life run(const std::vector<std::string>& more, int stop = 0) {
    std::vector<std::string> words = {MACHI_PROGRAM, "kiosk", "run", "--headless"};
    const auto add = [&](const std::string& name, const std::string& value) {
      words.push_back("--" + name);
      words.push_back(value);
    };
    add("town", town.town.string());
    add("key", (folder / "kiosk.key").string());
    add("journal", journal.string());
    add("clerk", clerk_url.empty() ? clerk.url() : clerk_url);
    add("printer", printer.uri());
    add("terminal", "127.0.0.1:" + std::to_string(terminal_port));
    add("terminal-ms", "900");
    add("inquiry-ms", "600");
    add("clear-seconds", "1");
    words.insert(words.end(), more.begin(), more.end());
    Process process(words, (folder / "err").string(), {{"MACHIKADO_KIOSK_STOP", std::to_string(stop)}});
    Life life;
    life.said = nlohmann::json::parse(process.hear(), nullptr, false);
    const int status = process.wait();
    life.killed = WIFSIGNALED(status);
    life.exit = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return life;
  }
  std::vector<std::string> visit(const std::string& pin = "pin") const {
    return {"--order",          "resident-record:2", "--order",
            "resident-entries", "--pin-file",        (folder / pin).string()};
  }
  // Another kiosk, so to speak: an empty journal and an empty tray.
  void anew(const std::string& name) {
    journal = folder / (name + ".db");
    printer.empty_tray();
    printer.give_up(false);
    printer.jam_on("");
    printer.fault("");
  }
  std::vector<Record> records() const {
    store::OpenOptions file;
    file.path = journal.string();
    file.wal = true;
    const auto database = store::Database::open(file);
    if (!database.ok() || !(*database)->migrate(certificate::kiosk::JournalStore::migrations()).ok())
      return {};
    const auto all = certificate::kiosk::JournalStore(**database).records();
    EXPECT_TRUE(all.ok());
    return all.ok() ? *all : std::vector<Record>();
  }
  std::optional<Outcome> outcome() const {
    std::optional<Outcome> out;
    for (const Record& record : records())
      if (record.mark == Mark::Ended) out = record.outcome;
    return out;
  }

  // "" or which promise of KIOSK.md was broken, by the terminal's book and the tray.
  std::string judge() const {
    const auto all = records();
    std::map<Ref, std::int64_t> moved;
    const auto book = host::SimulatedTerminal::book(folder / "book.db");
    for (const auto& entry : *book)
      if (entry.done) moved[entry.ref] = entry.amount;
    std::map<std::string, int> sheets;
    for (const auto& [job, bytes] : printer.tray()) ++sheets[job];
    std::optional<Record> began, offered, ended;
    int charges = 0, refunds = 0, jobs = 0, whole = 0, put_out = 0;
    std::int64_t net = 0, total = 0;
    for (const Record& record : all) {
      if (record.mark == Mark::Began) began = record;
      if (record.mark == Mark::Offered) offered = record;
      if (record.mark == Mark::Ended) ended = record;
      const bool here = moved.contains(record.ref);
      if (record.mark == Mark::PayIntent && here) ++charges, net += moved[record.ref];
      if (record.mark == Mark::RefundIntent && here) ++refunds, net -= moved[record.ref];
      if (record.mark != Mark::PrintIntent) continue;
      ++jobs;
      const int out = sheets[record.ref.hex()];
      sheets.erase(record.ref.hex());
      put_out += out;
      const auto& paper = offered->papers[record.paper];
      if (out > paper.sheets * paper.copies) return "a second certificate";
      if (out == paper.sheets * paper.copies) ++whole;
    }
    for (const auto& [job, count] : sheets)
      if (count > 0) return "paper of a job that no journal knows";
    if (!began) return {};
    if (!ended) return "it never ended";
    if (offered)
      for (const auto& paper : offered->papers) total += paper.fee;
    if (charges > 1) return "two charges for a request";
    if (refunds > charges) return "a refund too many";
    switch (ended->outcome) {
      case Outcome::Delivered:
        if (!offered || whole != static_cast<int>(offered->papers.size()))
          return "said delivered, and was not";
        if (net != total) return "delivered, and not paid";
        break;
      case Outcome::NotCharged:
        if (charges != 0 || put_out != 0) return "a charge or paper for nothing";
        break;
      case Outcome::Refunded:
        if (net != 0 || refunds != 1 || put_out != 0) return "said refunded, and was not";
        break;
      case Outcome::OpenCase:
        if (ended->number == 0) return "a case without a number";
        break;
    }
    if (static_cast<std::size_t>(jobs) > (offered ? offered->papers.size() : 0)) return "a job too many";
    return {};
  }

  void save(const std::string& name, base::ByteView bytes) {
    static_cast<void>(host::write_file(folder / name, bytes, host::Privacy::Secret).ok());
  }

  Folder folder;
  clerk::test::ClerkWorld town;
  clerk::test::ClerkProgram clerk;
  CardService cards;
  PrinterService printer;
  CardFiles files;
  std::unique_ptr<CardProcess> card;
  std::unique_ptr<Process> terminal;
  int terminal_port = 0;
  std::string clerk_url;  // another one than the clerk's
  std::filesystem::path journal;
};

}  // namespace machi::devices::test
