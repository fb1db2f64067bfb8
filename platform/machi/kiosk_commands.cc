// machi kiosk key, machi kiosk run --headless: a kiosk's own key, and a kiosk without a screen.
#include <sys/stat.h>

#include <csignal>
#include <cstdlib>

#include "core/crypto/drbg.h"
#include "core/crypto/sodium.h"
#include "platform/host/card/pcsc_card_reader.h"
#include "platform/host/file.h"
#include "platform/host/printer/ipp_printer.h"
#include "platform/host/terminal/tcp_terminal.h"
#include "platform/kiosk/visit.h"
#include "platform/machi/command.h"
#include "platform/machi/seal_keys.h"

namespace machi::program {
namespace {

using base::Code;
using base::fail;
using base::Result;
using certificate::kiosk::OrderItem;

Result<crypto::SignKey> read_kiosk_key(const std::string& file) {
  MACHI_TRY_SET(bytes, host::read_file(file, 64));
  const auto seed = base::fixed<32>(bytes);
  crypto::wipe(bytes);
  if (!seed.ok()) return fail(Code::BadInput, "no kiosk key");
  return crypto::sign_key(crypto::Secret<32>(*seed));
}

int make_key(const std::string& file) {
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) {
    crypto::SystemEntropy entropy;
    crypto::Secret<32> seed;
    entropy.fill(seed.bytes());
    if (const auto done = host::write_file(file, seed.view(), host::Privacy::Secret); !done.ok())
      return complain(file + " could not be written", done.error());
  }
  const auto key = read_kiosk_key(file);
  if (!key.ok()) return complain("The key cannot be read", key.error());
  print({{"file", file}, {"public", base::to_hex(key->open.bytes)}});
  return kDone;
}

struct RunKiosk {
  std::string town, key, journal, clerk, terminal, receipts, place, pin_file;
  std::vector<std::string> orders;
  host::IppPlan printer;
  host::TerminalTimes times;
  bool headless = false, staff = false, leave_paper = false;
};

// "resident-record:2", "taxation@2025:1", "resident-record+domicile+household:1".
Result<OrderItem> order_of(const std::string& text) {
  OrderItem out;
  const auto colon = text.find(':');
  const std::string head = text.substr(0, colon);
  if (colon != std::string::npos) {
    const std::string copies = text.substr(colon + 1);
    if (copies.empty() || copies.size() > 2 || copies.find_first_not_of("0123456789") != std::string::npos)
      return fail(Code::BadInput, "copies");
    out.copies = std::stoi(copies);
  }
  std::size_t at = head.find_first_of("@+");
  const auto kind = certificate::kind_named(head.substr(0, at));
  if (!kind) return fail(Code::BadInput, "kind");
  out.kind = *kind;
  while (at != std::string::npos) {
    const auto end = head.find_first_of("@+", at + 1);
    const std::string word = head.substr(at + 1, end == std::string::npos ? end : end - at - 1);
    if (head[at] == '@') {
      if (word.size() != 4 || word.find_first_not_of("0123456789") != std::string::npos)
        return fail(Code::BadInput, "year");
      out.year = std::stoi(word);
    } else if (word == "household") {
      out.household = true;
    } else if (const auto option = certificate::option_named(word)) {
      out.options = out.options.with(*option);
    } else {
      return fail(Code::BadInput, "option");
    }
    at = end;
  }
  return out;
}

// MACHIKADO_KIOSK_STOP=7: the process is gone at the seventh moment before or after a step, as by a power
// cut. For the test that does this at every one of them.
void die_where_told(kiosk::Devices& devices, int& moments) {
  const char* told = std::getenv("MACHIKADO_KIOSK_STOP");
  const int at = told == nullptr ? 0 : std::atoi(told);
  devices.watch = [&moments, at](std::string_view, bool) {
    if (++moments == at) ::raise(SIGKILL);
  };
}

nlohmann::json said_of(const certificate::kiosk::Transaction& transaction) {
  const auto outcome = transaction.last_outcome();
  nlohmann::json out = {{"outcome", nullptr}, {"openCases", transaction.book().cases()}};
  if (outcome) switch (*outcome) {
      case certificate::kiosk::Outcome::Delivered:
        out["outcome"] = "delivered";
        break;
      case certificate::kiosk::Outcome::NotCharged:
        out["outcome"] = "not-charged";
        break;
      case certificate::kiosk::Outcome::Refunded:
        out["outcome"] = "refunded";
        break;
      case certificate::kiosk::Outcome::OpenCase:
        out["outcome"] = "open-case";
        break;
    }
  out["inService"] = transaction.stage() == certificate::kiosk::Stage::Free;
  return out;
}

int run(const RunKiosk& options) {
  ::umask(0077);
  if (!options.headless) return complain("The program with the screen is machi_kiosk; here: --headless.");
  const auto town = town::open_town(options.town);
  if (!town.ok()) return complain("There is no town in " + options.town, town.error());
  const auto seals = seal_keys_of(*town);
  if (!seals.ok()) return complain("The town's seal keys cannot be read", seals.error());
  auto key = read_kiosk_key(options.key);
  if (!key.ok()) return complain("The kiosk's key cannot be read", key.error());
  std::vector<OrderItem> order;
  for (const std::string& text : options.orders) {
    const auto item = order_of(text);
    if (!item.ok()) return complain("--order " + text + " cannot be understood", item.error());
    order.push_back(*item);
  }
  kiosk::Visitor visitor;
  visitor.takes_paper = !options.leave_paper;
  if (!order.empty()) {
    auto pin = host::read_file(options.pin_file, 16);
    while (pin.ok() && !pin->empty() && pin->back() == '\n') pin->pop_back();
    const auto digits = pin.ok() ? base::fixed<4>(*pin) : Result<base::Array<4>>(pin.error());
    if (pin.ok()) crypto::wipe(*pin);
    if (!digits.ok()) return complain("--pin-file has no PIN of four digits");
    visitor.pin = crypto::Secret<4>(*digits);
    visitor.order = std::move(order);
  }
  const auto lock = host::FileLock::take(options.journal + ".lock");
  if (!lock.ok()) return complain("Another kiosk has this journal", lock.error());
  store::OpenOptions file;
  file.path = options.journal;
  file.wal = true;
  auto journal = store::Database::open(file);
  if (!journal.ok()) return complain("The journal cannot be opened", journal.error());
  if (const auto done = (*journal)->migrate(certificate::kiosk::JournalStore::migrations()); !done.ok())
    return complain("The journal cannot be opened", done.error());
  auto book = certificate::kiosk::JournalStore(**journal).book();
  if (!book.ok()) return complain("The journal cannot be read", book.error());

  crypto::SystemEntropy entropy;
  host::PcscCardReader reader;
  host::IppPrinter printer(options.printer);
  host::TcpTerminal terminal(options.terminal, options.times);
  host::NoReceiptPrinter none;
  host::EscPosPrinter small(options.receipts);
  host::ReceiptPrinter& receipts =
      options.receipts.empty() ? static_cast<host::ReceiptPrinter&>(none) : small;
  kiosk::ClerkLine clerk(options.clerk, std::move(*key), entropy);
  const std::string place = options.place.empty() ? town->plan.name : options.place;
  kiosk::Devices devices({reader, printer, terminal, receipts, clerk, **journal, system_now, place});
  int moments = 0;
  die_where_told(devices, moments);
  certificate::kiosk::Transaction transaction(std::move(*book), *seals, entropy);
  kiosk::Visit visit(transaction, devices, system_now);
  if (const auto done = visit.finish_what_is_open(); !done.ok())
    return complain("What was open could not be finished", done.error());
  if (options.staff)
    if (const auto done = visit.staff(); !done.ok())
      return complain("The staff's work could not be written", done.error());
  base::Status served;
  if (!visitor.order.empty()) served = visit.serve(std::move(visitor), reader);
  nlohmann::json said = said_of(transaction);
  said["moments"] = moments;
  print_line(said);
  return served.ok() ? kDone : complain("Nobody was served", served.error());
}

}  // namespace

Action declare_kiosk_key(CLI::App& app) {
  auto file = std::make_shared<std::string>();
  app.add_option("FILE", *file, "The key's file; made when it is not there")->required();
  app.footer("One JSON object: {\"file\", \"public\"}; `machi clerk serve --kiosk PUBLIC` then answers it.");
  return [file] { return make_key(*file); };
}

Action declare_kiosk_run(CLI::App& app) {
  auto options = std::make_shared<RunKiosk>();
  app.add_flag("--headless", options->headless, "Without a screen");
  app.add_option("--town", options->town, "The town's folder: its feed lists the seal keys")->required();
  app.add_option("--key", options->key, "This kiosk's key (machi kiosk key)")->required();
  app.add_option("--journal", options->journal, "The journal, an SQLite file; made when not there")
      ->required();
  app.add_option("--clerk", options->clerk, "The clerk: http://ADDRESS:PORT")->required();
  app.add_option("--printer", options->printer.uri, "The printer: ipp://ADDRESS:PORT/ipp/print")->required();
  app.add_option("--tray", options->printer.tray, "Its tray, a media-source keyword such as tray-1");
  app.add_option("--terminal", options->terminal, "The payment terminal: ADDRESS:PORT")->required();
  app.add_option("--terminal-ms", options->times.charge, "Milliseconds that a payment may take")
      ->capture_default_str();
  app.add_option("--inquiry-ms", options->times.settle, "Milliseconds that an inquiry may take")
      ->capture_default_str();
  app.add_option("--clear-seconds", options->printer.clear_seconds,
                 "Seconds until cancelled jobs must be gone from the printer")
      ->capture_default_str();
  app.add_option("--receipts", options->receipts,
                 "The receipt printer (ESC/POS): ADDRESS:PORT or /dev/usb/lp0");
  app.add_option("--place", options->place, "What stands on receipts; the town's name when not given");
  app.add_flag("--staff", options->staff, "First: the tray was emptied, open cases are settled");
  app.add_option("--order", options->orders,
                 "KIND[@YEAR][+OPTION...][:COPIES], as resident-record+household:2 or taxation@2025; may be "
                 "repeated");
  app.add_option("--pin-file", options->pin_file, "A file with the card's PIN");
  app.add_flag("--leave-paper", options->leave_paper, "The visitor walks away from the paper");
  app.footer(
      R"(First finishes what a crash left open (core/certificate/KIOSK.md); then serves one visitor, when there is an --order:
waits for a card on the reader, asks the clerk, takes the money, prints. The card reader is the machine's (pcscd;
PCSCLITE_CSOCK_NAME names another service). One line of JSON: {"outcome": delivered, not-charged, refunded, open-case
or null, "openCases", "inService", "moments"}. Exit code 0 when somebody was served, or nobody was to be.)");
  return [options] { return run(*options); };
}

}  // namespace machi::program
