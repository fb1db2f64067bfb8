// A printer by IPP that is none: ippeveprinter of the CUPS project with a command that puts each sheet into a
// tray (a folder), and jams, runs out of paper and so on when a file says so. It wants a message bus: a
// private one. One thread.
#pragma once

#include <memory>

#include "core/base/bytes.h"
#include "platform/host/simulated/child_process.h"

namespace machi::host {

class PrinterService {
 public:
  explicit PrinterService(const std::string& seconds_a_sheet = "0.1");
  ~PrinterService();
  PrinterService(const PrinterService&) = delete;
  PrinterService& operator=(const PrinterService&) = delete;

  // On the same port each time. Unreachable, with what it said.
  base::Status start();
  void switch_off() { process_.reset(); }
  bool is_on() { return process_ && process_->alive(); }
  std::string uri() const { return "ipp://localhost:" + std::to_string(port_) + "/ipp/print"; }

  // "media-empty", "media-jam", "cover-open"; "" mends it. Seen when the next sheet is due.
  void fault(const std::string& what) const;
  std::string fault() const;
  // It jams when so many sheets of a job are out; "" = it does not.
  void jam_on(const std::string& sheet) const;
  // A job that is held gives up at once instead of in ten seconds.
  void give_up(bool now) const;
  // Documents of the sheets that came out, oldest first, by the name of their job.
  std::vector<std::pair<std::string, base::Bytes>> tray() const;
  std::size_t sheets() const;
  void empty_tray() const;
  // Jobs whose printing was begun.
  std::size_t jobs() const;
  std::filesystem::path spool() const { return folder_ / "spool"; }
  std::string log() const;

 private:
  PassingFolder folder_;
  std::unique_ptr<ChildProcess> bus_, process_;
  std::uint16_t port_ = 0;
};

}  // namespace machi::host
