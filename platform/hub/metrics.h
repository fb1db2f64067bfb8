// What a running hub tells of itself in numbers, as Prometheus reads them (text exposition format 0.0.4):
// counts, times and sizes under constant names. No id, key, address or mailbox is ever a label. Any thread.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <vector>

#include "platform/host/http_server.h"
#include "platform/hub/rates.h"

namespace machi::hub {

class Histogram {
 public:
  explicit Histogram(std::vector<double> bounds) : bounds_(std::move(bounds)), counts_(bounds_.size() + 1) {}
  void observe(double value);
  void write(std::string& out, std::string_view name, std::string_view help) const;
  std::uint64_t count() const;

 private:
  std::vector<double> bounds_;  // upper ones, rising; the last bucket has none
  std::vector<std::uint64_t> counts_;
  double sum_ = 0;
};

class HubMetrics {
 public:
  HubMetrics();

  // `route` is a name of the table of routes, "preflight" or "unknown".
  void count_request(std::string_view route, int status);
  // A transaction was made durable: how many writing requests it held, and how long the disk took.
  void count_batch(std::size_t requests);
  void count_durable(double seconds);

  std::atomic<std::int64_t> streams{0};  // open now
  std::atomic<std::int64_t> waiting{0};  // requests that wait for the writer
  std::atomic<std::uint64_t> forgotten{
      0};  // messages deleted ninety days after, since a snapshot covers them
  std::function<std::int64_t()>
      store_bytes;               // of database and log of changes; called on the thread of text()
  const Rates* rates = nullptr;  // outlives this

  std::string text() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::pair<std::string, int>, std::uint64_t> requests_;
  Histogram batches_;
  Histogram durable_;
};

// GET /metrics, for a port of its own that only the town's monitoring reaches.
class MetricsService final : public host::HttpService {
 public:
  explicit MetricsService(const HubMetrics& metrics) : metrics_(metrics) {}
  void serve(host::HttpRequest request, std::function<void(host::HttpResponse)> respond) override;
  std::size_t body_limit(std::string_view, std::string_view) const override { return 0; }
  std::string_view route_name(std::string_view method, std::string_view target) const override;

 private:
  const HubMetrics& metrics_;
};

}  // namespace machi::hub
