// The real machi_kiosk as systemd starts it: it says over NOTIFY_SOCKET that it is ready and alive, and ends
// itself for a new program when nobody is served. And the units that machi kiosk install writes.
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "platform/host/supervisor.h"
#include "tests/unit/devices/process.h"

namespace machi::kiosk {
namespace {

using devices::test::Folder;
using devices::test::Process;

// What systemd's side of the socket hears.
class Listener {
 public:
  explicit Listener(const std::string& path) : line_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un at{};
    at.sun_family = AF_UNIX;
    path.copy(at.sun_path, sizeof at.sun_path - 1);
    EXPECT_EQ(0, ::bind(line_, reinterpret_cast<const sockaddr*>(&at), sizeof at));
  }
  ~Listener() { ::close(line_); }
  std::string hear(int seconds) {
    pollfd one{line_, POLLIN, 0};
    if (::poll(&one, 1, seconds * 1000) <= 0) return "";
    char text[512];
    const auto got = ::recv(line_, text, sizeof text, 0);
    return got > 0 ? std::string(text, static_cast<std::size_t>(got)) : "";
  }

 private:
  int line_;
};

TEST(SupervisedKiosk, SaysThatItIsReadyAndAliveAndMakesWayWhenNobodyIsThere) {
  const Folder folder;
  const std::string socket = (folder / "notify").string();
  Listener systemd(socket);
  Process kiosk({MACHI_KIOSK, "--trial", "--offscreen", "--words", MACHI_CATALOGUES},
                (folder / "err").string(),
                {{"NOTIFY_SOCKET", socket},
                 {"WATCHDOG_USEC", "400000"},
                 {"LIBGL_ALWAYS_SOFTWARE", "1"},
                 {"LSAN_OPTIONS", "detect_leaks=0"}});  // what the drivers of the screen keep is theirs
  std::string heard = systemd.hear(60);
  if (heard.empty()) {
    std::ifstream why(folder / "err");
    const std::string text(std::istreambuf_iterator<char>(why), {});
    if (text.find("no window") != std::string::npos) GTEST_SKIP() << text;
    FAIL() << text;
  }
  EXPECT_EQ("READY=1", heard);
  EXPECT_EQ("STATUS=in service", systemd.hear(20));
  for (int i = 0; i < 3; ++i) EXPECT_EQ("WATCHDOG=1", systemd.hear(20));
  ::kill(kiosk.id(), SIGHUP);
  while ((heard = systemd.hear(20)) == "WATCHDOG=1") continue;
  EXPECT_EQ("STOPPING=1", heard);
  const int status = kiosk.wait();
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

TEST(Supervisor, SpeaksToNamesWithoutAFileAndIsSilentWithoutASocket) {
  sockaddr_un at{};
  at.sun_family = AF_UNIX;
  const std::string name = "@machi-test-" + std::to_string(::getpid());
  name.copy(at.sun_path, sizeof at.sun_path - 1);
  at.sun_path[0] = 0;
  const int line = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  ASSERT_EQ(0, ::bind(line, reinterpret_cast<const sockaddr*>(&at),
                      static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size())));
  host::Supervisor one(name, 5000);
  EXPECT_EQ(2500, one.beat_ms());
  one.stands("in service");
  one.stands("in service");  // said once
  one.alive();
  char text[64];
  EXPECT_EQ("STATUS=in service", std::string(text, static_cast<std::size_t>(::recv(line, text, 64, 0))));
  EXPECT_EQ("WATCHDOG=1", std::string(text, static_cast<std::size_t>(::recv(line, text, 64, 0))));
  ::close(line);
  host::Supervisor nobody("");
  EXPECT_FALSE(nobody.listens());
  nobody.ready();
}

TEST(KioskUnits, StartWatchAndRenewTheProgram) {
  const Folder folder;
  const auto run = [&](const std::string& more) {
    return std::system((std::string(MACHI_PROGRAM) + " kiosk install " + folder.path.string() + " --config " +
                        more + " >/dev/null 2>&1")
                           .c_str());
  };
  ASSERT_EQ(
      0, run("/etc/machikado/kiosk.json --update '/usr/bin/apt-get -y install machikado-kiosk' --at 02:15"));
  const auto text = [&](const std::string& name) {
    std::ifstream in(folder / name);
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  const std::string service = text("machikado-kiosk.service");
  for (const char* line :
       {"Type=notify\n", "NotifyAccess=all\n", "WatchdogSec=60\n", "Restart=always\n", "LimitCORE=0\n",
        "ExecStart=/usr/bin/cage -d -s -- /usr/local/bin/machi_kiosk --config /etc/machikado/kiosk.json "
        "--fullscreen\n"})
    EXPECT_NE(std::string::npos, service.find(line)) << line;
  EXPECT_NE(std::string::npos, text("machikado-kiosk-update.timer").find("OnCalendar=*-*-* 02:15:00\n"));
  EXPECT_NE(std::string::npos,
            text("machikado-kiosk-update.service").find("--signal=SIGHUP machikado-kiosk.service"));
  EXPECT_NE(0, run("'/etc/a b.json'"));
  // What systemd itself says of them, where it is installed.
  if (std::system("command -v systemd-analyze >/dev/null 2>&1") == 0) {
    const std::string out = (folder / "said").string();
    static_cast<void>(std::system(
        ("systemd-analyze verify " + (folder / "machikado-kiosk.service").string() + " >" + out + " 2>&1")
            .c_str()));
    std::ifstream in(out);
    for (std::string line; std::getline(in, line);)
      EXPECT_EQ(std::string::npos, line.find("Unknown key")) << line;
  }
}

}  // namespace
}  // namespace machi::kiosk
