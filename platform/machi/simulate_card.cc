// machi simulate card: a My Number card that is not one, on a virtual reader of pcscd.
#include <poll.h>
#include <unistd.h>

#include "platform/host/file.h"
#include "platform/host/simulated/vpcd_card.h"
#include "platform/machi/command.h"

namespace machi::program {
namespace {

struct SimulateCard {
  std::string vpcd = "127.0.0.1:35963", certificate, key;
  host::CardPerson person;
  std::string pin = "1234";
  int items_tries = 3, keys_tries = 3;
  bool inserted = false;
};

// One line of standard input, and what came of it on standard output.
class Desk {
 public:
  Desk(host::VirtualCard& card, const std::string& vpcd) : card_(card), link_(card, vpcd) {}

  bool obey(const std::string& line) {
    if (line == "quit") return false;
    bool known = true;
    base::Status done;
    if (line == "insert" || line == "other" || line == "upside-down") {
      card_.change(line != "other");
      done = link_.insert(line == "upside-down");
    } else if (line == "remove") {
      link_.remove();
    } else {
      known = line == "state";
    }
    nlohmann::json said = {{"inserted", link_.inserted()}, {"tries", card_.tries()}};
    if (!known) said["trouble"] = "insert, remove, other, upside-down, state, quit";
    if (!done.ok()) said["trouble"] = "no reader listens there";
    print_line(said);
    return true;
  }

  int run() {
    std::string buffer;
    for (;;) {
      pollfd waiting[2] = {{0, POLLIN, 0}, {link_.descriptor(), POLLIN, 0}};
      ::poll(waiting, link_.inserted() ? 2 : 1, -1);
      if (link_.inserted() && waiting[1].revents != 0) link_.serve();
      if (waiting[0].revents == 0) continue;
      char piece[512];
      const auto got = ::read(0, piece, sizeof piece);
      if (got <= 0) return kDone;
      buffer.append(piece, static_cast<std::size_t>(got));
      for (auto end = buffer.find('\n'); end != std::string::npos; end = buffer.find('\n')) {
        const std::string line = buffer.substr(0, end);
        buffer.erase(0, end + 1);
        if (!obey(line)) return kDone;
      }
    }
  }

 private:
  host::VirtualCard& card_;
  host::VpcdCard link_;
};

int simulate(const SimulateCard& options) {
  const auto pem = host::read_file(options.key, 1 << 16);
  if (!pem.ok()) return complain(options.key + " cannot be read", pem.error());
  auto key = host::CardKey::read(*pem);
  if (!key.ok()) return complain("The key cannot be used", key.error());
  auto certificate = host::read_file(options.certificate, 1 << 16);
  if (!certificate.ok()) return complain(options.certificate + " cannot be read", certificate.error());
  host::VirtualCard::Content content;
  content.items = host::items_file(options.person);
  content.certificate = std::move(*certificate);
  content.pin = options.pin;
  content.items_tries = options.items_tries;
  content.keys_tries = options.keys_tries;
  host::VirtualCard card(std::move(content), std::move(*key));
  Desk desk(card, options.vpcd);
  desk.obey(options.inserted ? "insert" : "state");
  return desk.run();
}

}  // namespace

Action declare_simulate_card(CLI::App& app) {
  auto options = std::make_shared<SimulateCard>();
  app.add_option("--certificate", options->certificate, "The user authentication certificate, DER")
      ->required();
  app.add_option("--key", options->key, "Its private key, PEM (RSA)")->required();
  app.add_option("--name", options->person.name, "Basic items: the name")->required();
  app.add_option("--address", options->person.address, "The address")->required();
  app.add_option("--birth", options->person.birth, "The birth date, YYYYMMDD")->required();
  app.add_option("--sex", options->person.sex, "1 or 2");
  app.add_option("--pin", options->pin, "Four digits")->capture_default_str();
  app.add_option("--items-tries", options->items_tries, "Tries left of the PIN for the basic items")
      ->check(CLI::Range(0, 3));
  app.add_option("--keys-tries", options->keys_tries, "Tries left of the PIN of the user authentication")
      ->check(CLI::Range(0, 3));
  app.add_option("--vpcd", options->vpcd, "Where the virtual reader listens")->capture_default_str();
  app.add_flag("--inserted", options->inserted, "It lies on the reader from the start");
  app.footer(
      R"(Needs pcscd with the driver of vsmartcard-vpcd, best in a network of its own: vpcd listens on all addresses.
Lines on standard input: insert, remove, upside-down (no answer to reset), other (not a My Number card), state, quit.
One line of JSON after each: {"inserted", "tries"} and "trouble" when it could not be done.)");
  return [options] { return simulate(*options); };
}

}  // namespace machi::program
