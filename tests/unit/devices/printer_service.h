// A printer by IPP as the tests start it: ippeveprinter of the CUPS project with a command that puts each
// sheet into a tray (a folder), and jams, runs out of paper and so on when a file says so. It wants a message
// bus: a private one. Tests only.
#pragma once

#include <fstream>
#include <memory>
#include <sstream>

#include "platform/host/file.h"
#include "platform/host/socket.h"
#include "tests/unit/devices/process.h"

namespace machi::devices::test {

class PrinterService {
 public:
  explicit PrinterService(const std::string& seconds_a_sheet = "0.1") {
    std::ofstream(folder_ / "bus.conf")
        << "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\" "
           "\"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n<busconfig><type>system</type>"
           "<listen>unix:path="
        << (folder_ / "bus").string()
        << "</listen><policy context=\"default\"><allow send_destination=\"*\"/><allow eavesdrop=\"true\"/>"
           "<allow own=\"*\"/></policy></busconfig>\n";
    std::filesystem::create_directory(folder_ / "tray");
    std::filesystem::create_directory(folder_ / "spool");
    // $1 is the document. STATE lines set the printer's reasons; a fault holds the job until it is mended or
    // patience ends. `jam-on` makes it jam when so many sheets are out.
    std::ofstream(folder_ / "print.sh")
        << "#!/bin/bash\ncd '" << folder_.path.string() << "'\n"
        << "copies=${IPP_COPIES:-1}; echo \"$IPP_JOB_NAME $copies\" >>jobs\n"
           "hold() {\n"
           "  [ -s fault ] || return 0\n"
           "  local what=$(cat fault); echo \"STATE: +$what\" >&2\n"
           "  for i in $(seq 200); do [ -s fault ] || break; [ -e stop ] && break; sleep .05; done\n"
           "  echo \"STATE: -$what\" >&2\n"
           "  [ ! -s fault ] || { echo 'ERROR: gave up' >&2; exit 1; }\n"
           "}\n"
           "for sheet in $(seq \"$copies\"); do\n"
           "  [ ! -e jam-on ] || [ \"$(cat jam-on)\" != \"$sheet\" ] || { echo media-jam >fault; }\n"
           "  hold; sleep "
        << seconds_a_sheet
        << "\n  n=$(ls tray | wc -l); cp \"$1\" \"tray/$(printf %04d $n)-$IPP_JOB_NAME.pdf\"\n"
           "  echo \"ATTR: job-impressions=$copies job-impressions-completed=$sheet\" >&2\ndone\nexit 0\n";
    std::filesystem::permissions(folder_ / "print.sh", std::filesystem::perms::owner_all);
    bus_ = std::make_unique<Process>(std::vector<std::string>{"dbus-daemon", "--nofork", "--config-file",
                                                              (folder_ / "bus.conf").string()});
    EXPECT_TRUE(soon([this] { return std::filesystem::exists(folder_ / "bus") || !bus_->alive(); }));
    auto listening = host::Socket::listen(0);
    port_ = *listening->port();
    listening->close();
    start();
  }
  ~PrinterService() {
    switch_off();
    bus_.reset();
  }

  void start() {
    process_ = std::make_unique<Process>(
        std::vector<std::string>{"ippeveprinter", "-r", "off", "-n", "localhost", "-p", std::to_string(port_),
                                 "-f", "application/pdf", "-c", (folder_ / "print.sh").string(), "-d",
                                 (folder_ / "spool").string(), "kiosk"},
        (folder_ / "log").string(),
        std::vector<std::pair<std::string, std::string>>{
            {"DBUS_SYSTEM_BUS_ADDRESS", "unix:path=" + (folder_ / "bus").string()}});
    EXPECT_TRUE(soon([this] {
      return host::Socket::connect("127.0.0.1:" + std::to_string(port_), 200).ok() || !process_->alive();
    }));
    EXPECT_TRUE(process_->alive()) << log();
  }
  void switch_off() { process_.reset(); }
  std::string uri() const { return "ipp://localhost:" + std::to_string(port_) + "/ipp/print"; }

  // "media-empty", "media-jam", "cover-open"; "" mends it.
  void fault(const std::string& what) const { std::ofstream(folder_ / "fault") << what; }
  void jam_on(const std::string& sheet) const {
    if (sheet.empty()) {
      std::filesystem::remove(folder_ / "jam-on");
    } else {
      std::ofstream(folder_ / "jam-on") << sheet;
    }
  }
  // A job that is held gives up at once instead of in ten seconds.
  void give_up(bool now) const {
    if (now) {
      std::ofstream(folder_ / "stop") << "x";
    } else {
      std::filesystem::remove(folder_ / "stop");
    }
  }
  // Documents of the sheets that came out, oldest first, by the name of their job.
  std::vector<std::pair<std::string, base::Bytes>> tray() const {
    std::vector<std::filesystem::path> files;
    for (const auto& one : std::filesystem::directory_iterator(folder_ / "tray")) files.push_back(one.path());
    std::sort(files.begin(), files.end());
    std::vector<std::pair<std::string, base::Bytes>> out;
    for (const auto& file : files)
      out.emplace_back(file.stem().string().substr(5), *host::read_file(file, 64 << 20));
    return out;
  }
  void empty_tray() const {
    for (const auto& one : std::filesystem::directory_iterator(folder_ / "tray"))
      std::filesystem::remove(one.path());
  }
  // Jobs whose printing was begun.
  std::size_t jobs() const {
    std::ifstream in(folder_ / "jobs");
    std::size_t out = 0;
    for (std::string line; std::getline(in, line);) ++out;
    return out;
  }
  std::filesystem::path spool() const { return folder_ / "spool"; }
  std::string log() const {
    std::ifstream in(folder_ / "log");
    return {std::istreambuf_iterator<char>(in), {}};
  }

 private:
  Folder folder_;
  std::unique_ptr<Process> bus_, process_;
  std::uint16_t port_ = 0;
};

}  // namespace machi::devices::test
