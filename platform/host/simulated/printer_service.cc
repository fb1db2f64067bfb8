// The command is a script of bash; what it is told stands in files beside it.
#include "platform/host/simulated/printer_service.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "platform/host/file.h"
#include "platform/host/socket.h"

namespace machi::host {
namespace {

constexpr std::size_t kSheetLimit = 64 << 20;

// $1 is the document. STATE lines set the printer's reasons; a fault holds the job until it is mended or
// patience ends. `jam-on` makes it jam when so many sheets are out.
std::string command_in(const std::string& folder, const std::string& seconds_a_sheet) {
  return "#!/bin/bash\ncd '" + folder +
         "'\ncopies=${IPP_COPIES:-1}; echo \"$IPP_JOB_NAME $copies\" >>jobs\n"
         "hold() {\n"
         "  [ -s fault ] || return 0\n"
         "  local what=$(cat fault); echo \"STATE: +$what\" >&2\n"
         "  for i in $(seq 200); do [ -s fault ] || break; [ -e stop ] && break; sleep .05; done\n"
         "  echo \"STATE: -$what\" >&2\n"
         "  [ ! -s fault ] || { echo 'ERROR: gave up' >&2; exit 1; }\n"
         "}\n"
         "for sheet in $(seq \"$copies\"); do\n"
         "  [ ! -e jam-on ] || [ \"$(cat jam-on)\" != \"$sheet\" ] || { echo media-jam >fault; }\n"
         "  hold; sleep " +
         seconds_a_sheet +
         "\n  n=$(ls tray | wc -l); cp \"$1\" \"tray/$(printf %04d $n)-$IPP_JOB_NAME.pdf\"\n"
         "  echo \"ATTR: job-impressions=$copies job-impressions-completed=$sheet\" >&2\ndone\nexit 0\n";
}

}  // namespace

PrinterService::PrinterService(const std::string& seconds_a_sheet) {
  std::ofstream(folder_ / "bus.conf")
      << "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\" "
         "\"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n<busconfig><type>system</type>"
         "<listen>unix:path="
      << (folder_ / "bus").string()
      << "</listen><policy context=\"default\"><allow send_destination=\"*\"/><allow eavesdrop=\"true\"/>"
         "<allow own=\"*\"/></policy></busconfig>\n";
  std::filesystem::create_directory(folder_ / "tray");
  std::filesystem::create_directory(folder_ / "spool");
  std::ofstream(folder_ / "print.sh") << command_in(folder_.path.string(), seconds_a_sheet);
  std::filesystem::permissions(folder_ / "print.sh", std::filesystem::perms::owner_all);
}

PrinterService::~PrinterService() {
  switch_off();
  bus_.reset();
}

base::Status PrinterService::start() {
  if (!bus_) {
    bus_ = std::make_unique<ChildProcess>(std::vector<std::string>{"dbus-daemon", "--nofork", "--config-file",
                                                                   (folder_ / "bus.conf").string()});
    const bool bus = soon([this] { return std::filesystem::exists(folder_ / "bus") || !bus_->alive(); });
    if (!bus || !bus_->alive()) return base::fail(base::Code::Unreachable, "no message bus (dbus-daemon)");
  }
  if (port_ == 0) {
    MACHI_TRY_SET(listening, Socket::listen(0));
    MACHI_TRY_SET(port, listening.port());
    port_ = port;
    listening.close();
  }
  process_ = std::make_unique<ChildProcess>(
      std::vector<std::string>{"ippeveprinter", "-r", "off", "-n", "localhost", "-p", std::to_string(port_),
                               "-f", "application/pdf", "-c", (folder_ / "print.sh").string(), "-d",
                               (folder_ / "spool").string(), "kiosk"},
      (folder_ / "log").string(),
      std::vector<std::pair<std::string, std::string>>{
          {"DBUS_SYSTEM_BUS_ADDRESS", "unix:path=" + (folder_ / "bus").string()}});
  const bool is_there = soon([this] {
    return Socket::connect("127.0.0.1:" + std::to_string(port_), 200).ok() || !process_->alive();
  });
  if (!is_there || !process_->alive())
    return base::fail(base::Code::Unreachable, "the printer does not start: " + log());
  return {};
}

void PrinterService::fault(const std::string& what) const { std::ofstream(folder_ / "fault") << what; }

std::string PrinterService::fault() const {
  std::ifstream in(folder_ / "fault");
  std::string out;
  std::getline(in, out);
  return out;
}

void PrinterService::jam_on(const std::string& sheet) const {
  if (sheet.empty()) {
    std::filesystem::remove(folder_ / "jam-on");
  } else {
    std::ofstream(folder_ / "jam-on") << sheet;
  }
}

void PrinterService::give_up(bool now) const {
  if (now) {
    std::ofstream(folder_ / "stop") << "x";
  } else {
    std::filesystem::remove(folder_ / "stop");
  }
}

std::vector<std::pair<std::string, base::Bytes>> PrinterService::tray() const {
  std::vector<std::filesystem::path> files;
  for (const auto& one : std::filesystem::directory_iterator(folder_ / "tray")) files.push_back(one.path());
  std::sort(files.begin(), files.end());
  std::vector<std::pair<std::string, base::Bytes>> out;
  for (const auto& file : files)
    if (auto bytes = read_file(file, kSheetLimit); bytes.ok())
      out.emplace_back(file.stem().string().substr(5), std::move(*bytes));
  return out;
}

std::size_t PrinterService::sheets() const {
  const auto all = std::filesystem::directory_iterator(folder_ / "tray");
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

void PrinterService::empty_tray() const {
  for (const auto& one : std::filesystem::directory_iterator(folder_ / "tray"))
    std::filesystem::remove(one.path());
}

std::size_t PrinterService::jobs() const {
  std::ifstream in(folder_ / "jobs");
  std::size_t out = 0;
  for (std::string line; std::getline(in, line);) ++out;
  return out;
}

std::string PrinterService::log() const {
  std::ifstream in(folder_ / "log");
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace machi::host
