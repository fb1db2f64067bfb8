// A visitor is served by the real host with its presenter over pcscd, the clerk, ippeveprinter and a
// terminal, and goes. Then nothing of them is to be found: not in the kiosk's folder, not in the printer's
// spool, not in the process - every page of it that can be read, which is what a core dump would hold.
#include <fcntl.h>

#include <fstream>
#include <sstream>

#include "tests/unit/devices/kiosk_machine.h"

namespace machi::devices::test {
namespace {

constexpr const char* kPin = "7293";
constexpr const char* kPage = "/Type /Page";  // of the certificate, whose text is compressed

// The pages of a process, as gcore writes them; those that are only a file's are left out.
std::map<std::string, std::size_t> counts_in(pid_t process, const std::vector<std::string>& facts,
                                             std::size_t* bytes) {
  std::map<std::string, std::size_t> out;
  std::ifstream maps("/proc/" + std::to_string(process) + "/maps");
  const int memory = ::open(("/proc/" + std::to_string(process) + "/mem").c_str(), O_RDONLY | O_CLOEXEC);
  EXPECT_GE(memory, 0);
  *bytes = 0;
  for (std::string line; std::getline(maps, line);) {
    std::istringstream words(line);
    std::string range, rights;
    words >> range >> rights;
    if (rights[0] != 'r' || rights[1] != 'w') continue;  // what it has never written to is a file's
    const auto dash = range.find('-');
    const std::uint64_t from = std::stoull(range.substr(0, dash), nullptr, 16);
    const std::uint64_t to = std::stoull(range.substr(dash + 1), nullptr, 16);
    std::string block(to - from, 0);
    const auto got = ::pread(memory, block.data(), block.size(), static_cast<off_t>(from));
    if (got <= 0) continue;
    block.resize(static_cast<std::size_t>(got));
    *bytes += block.size();
    for (const std::string& fact : facts)
      for (auto at = block.find(fact); at != std::string::npos; at = block.find(fact, at + 1)) {
        ++out[fact];
        if (std::getenv("MACHIKADO_SHOW_LEFT") != nullptr)
          std::cout << fact << " in " << line << " at " << at << ": "
                    << block.substr(at > 40 ? at - 40 : 0, 120) << "\n";
      }
  }
  ::close(memory);
  return out;
}

class Glass {
 public:
  explicit Glass(const Machine& machine)
      : process_({KIOSK_GLASS, (machine.folder / "kiosk.json").string()}, (machine.folder / "err").string()) {
  }
  std::string act(const std::string& node, const std::string& how = "press", const std::string& value = "") {
    return process_.say("act " + node + " " + how + " " + value);
  }
  bool see(const std::string& name) {
    std::string seen;
    const bool out = soon([&] { return (seen = process_.say("where")) == name; }, 30);
    EXPECT_TRUE(out) << "wanted " << name << ", stands at " << seen;
    return out;
  }
  pid_t id() const { return process_.id(); }

 private:
  Process process_;
};

TEST(KioskAfterAVisit, HasNothingOfTheVisitorOnItsDiskInTheSpoolOrInItsMemory) {
  ASSERT_TRUE(crypto::ready());
  Machine machine(kPin);
  machine.anew("journal");
  nlohmann::json config = {{"place", "日和町役場"},
                           {"key", "kiosk.key"},
                           {"journal", "journal.db"},
                           {"words", "."},
                           {"clerk", machine.clerk.url()},
                           {"printer", machine.printer.uri()},
                           {"terminal", "127.0.0.1:" + std::to_string(machine.terminal_port)},
                           {"totals", "totals"},
                           {"status", "status.prom"},
                           {"alarm", "true"}};
  for (int kind = 1; kind <= 9; ++kind)
    config["fees"][std::string(certificate::name_of(static_cast<certificate::Kind>(kind)))] = 300;
  for (const auto& one : machine.town.seal_keys())
    config["sealKeys"].push_back(
        {{"key", base::to_hex(one.key.bytes)}, {"from", one.from.ms}, {"to", one.to.ms}});
  machine.save("kiosk.json", base::view(config.dump()));
  EXPECT_TRUE(machine.card->say("remove"));
  const auto& who = machine.town.anybody();
  const std::string& name = who.person.name;
  const std::vector<std::string> facts = {
      name, who.address, who.person.birth.iso(), machine.files.birth, who.person.kana, kPin, kPage};
  Glass glass(machine);
  ASSERT_TRUE(glass.see("kiosk.attract"));
  std::size_t bytes = 0;
  auto before = counts_in(glass.id(), facts, &bytes);
  EXPECT_GT(bytes, 1'000'000u);
  EXPECT_EQ(0u, before[name]);
  glass.act("start");
  glass.act("kinds", "choose", "resident-record");
  glass.act("next");
  glass.act("next");
  ASSERT_TRUE(glass.see("kiosk.card"));
  EXPECT_TRUE(machine.card->say("insert"));
  ASSERT_TRUE(glass.see("kiosk.pin"));
  for (const char* key = kPin; *key != 0; ++key) glass.act("key." + std::string(1, *key));
  glass.act("key.enter");
  ASSERT_TRUE(glass.see("kiosk.confirm"));
  glass.act("show");
  EXPECT_GT(counts_in(glass.id(), facts, &bytes)[name], 0u) << "the search would find nothing";
  glass.act("pay");
  ASSERT_TRUE(glass.see("kiosk.take"));
  glass.act("taken");
  ASSERT_TRUE(glass.see("kiosk.farewell"));
  EXPECT_TRUE(machine.card->say("remove"));
  ASSERT_TRUE(glass.see("kiosk.attract"));
  // The clerk is told, the card let go.
  std::map<std::string, std::size_t> after;
  soon(
      [&] {
        after = counts_in(glass.id(), facts, &bytes);
        return std::all_of(facts.begin(), facts.end(),
                           [&](const std::string& fact) { return after[fact] <= before[fact]; });
      },
      5);
  for (const std::string& fact : facts)
    if (!fact.empty()) {
      EXPECT_LE(after[fact], before[fact]) << fact << " is left in " << bytes << " bytes of memory";
    }
  // And on the disk: all that the kiosk has written, and the printer's spool.
  const std::vector<std::string> given = {"kiosk.key", "pin", "wrong-pin", "card.der", "book.db"};
  std::size_t files = 0;
  const auto search = [&](const std::filesystem::path& file, bool pages) {
    const auto read = host::read_file(file, 64 << 20);
    if (!read.ok()) return;
    ++files;
    for (const std::string& fact : facts)
      if (fact != kPin && !fact.empty() && (pages || fact != kPage)) {
        EXPECT_EQ(std::string_view::npos, base::text_view(*read).find(fact)) << file << " has " << fact;
      }
  };
  for (const auto& one : std::filesystem::recursive_directory_iterator(machine.folder.path)) {
    const std::string file = one.path().filename().string();
    const bool of_test = std::find(given.begin(), given.end(), file) != given.end();
    if (one.is_regular_file() && !of_test)
      search(one.path(), !one.path().string().starts_with(machine.printer.spool().string()));
  }
  // The printer itself keeps what it has printed for a minute, as printers do: nothing of it lies there in
  // clear.
  for (const auto& one : std::filesystem::recursive_directory_iterator(machine.printer.spool()))
    if (one.is_regular_file()) search(one.path(), false);
  EXPECT_GE(files, 3u);
  EXPECT_EQ(Outcome::Delivered, machine.outcome());
}

}  // namespace
}  // namespace machi::devices::test
