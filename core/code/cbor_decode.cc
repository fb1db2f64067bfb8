// CBOR read from bytes that nobody vouches for. Pure; any thread; BadInput or TooLarge.
// libcbor's streaming decoder splits the bytes into heads and numbers; the tree, the bounds, UTF-8 and equal
// keys are ours. Nothing is reserved on a length's word, and depth is bounded before it is used, so hostile
// input costs little. Strict reading asks one question: is this what we would have written?
#include <cbor.h>

#include <set>

#include "core/base/text.h"
#include "core/code/cbor.h"

namespace machi::code {
namespace {

using base::Code;
using base::fail;
using base::Status;

enum class Open { Array, Map, Tag, ByteChunks, TextChunks };

// A container whose end has not been read.
struct Frame {
  Open kind = Open::Array;
  bool indefinite = false;
  std::uint64_t left = 0;  // items (a map's pairs count twice) still to come when definite
  std::uint64_t tag = 0;
  CborArray items;   // keys and values alternate in a map
  std::string text;  // chunks so far, of text and byte strings
};

class Tree {
 public:
  explicit Tree(CborLimits limits) : limits_(limits) {}

  bool done() const { return root_.has_value(); }
  bool failed() const { return !status_.ok(); }
  const Status& status() const { return status_; }
  Cbor take() && { return std::move(*root_); }

  void scalar(Cbor value) {
    if (count()) add(std::move(value));
  }

  void bytes(ByteView value) {
    if (!count()) return;
    if (in(Open::ByteChunks)) {
      stack_.back().text.append(base::text_view(value));
    } else {
      add(Cbor(value));
    }
  }

  void text(std::string_view value) {
    if (!count()) return;
    if (!base::is_utf8(value)) return refuse("utf-8");
    if (in(Open::TextChunks)) {
      stack_.back().text.append(value);
    } else {
      add(Cbor(value));
    }
  }

  void open(Open kind, bool indefinite, std::uint64_t size, std::uint64_t tag = 0) {
    if (!count()) return;
    if (inside_string()) return refuse("chunk");
    if (stack_.size() >= limits_.depth) return refuse("depth", Code::TooLarge);
    if (!indefinite && size > limits_.items) return refuse("items", Code::TooLarge);
    stack_.push_back(Frame{kind, indefinite, kind == Open::Map ? size * 2 : size, tag, {}, {}});
    close_full();
  }

  void end() {
    if (stack_.empty() || !stack_.back().indefinite) return refuse("break");
    close();
    close_full();
  }

  void refuse(std::string_view what, Code code = Code::BadInput) {
    if (status_.ok()) status_ = fail(code, what);
  }

 private:
  bool in(Open kind) const { return !stack_.empty() && stack_.back().kind == kind; }
  bool inside_string() const { return in(Open::ByteChunks) || in(Open::TextChunks); }

  bool count() {
    if (++count_ > limits_.items) refuse("items", Code::TooLarge);
    return status_.ok();
  }

  // Puts a finished item where it belongs.
  void put(Cbor value) {
    if (stack_.empty()) {
      root_ = std::move(value);
      return;
    }
    Frame& frame = stack_.back();
    frame.items.push_back(std::move(value));
    if (!frame.indefinite) --frame.left;
  }

  void add(Cbor value) {
    if (inside_string()) return refuse("chunk");
    put(std::move(value));
    close_full();
  }

  // Closes every definite container that has all its items.
  void close_full() {
    while (status_.ok() && !stack_.empty() && !stack_.back().indefinite && stack_.back().left == 0) close();
  }

  void close() {
    Frame frame = std::move(stack_.back());
    stack_.pop_back();
    switch (frame.kind) {
      case Open::Array:
        return put(Cbor(std::move(frame.items)));
      case Open::Map:
        return close_map(std::move(frame.items));
      case Open::Tag:
        return put(Cbor::tag(frame.tag, std::move(frame.items.front())));
      case Open::ByteChunks:
        return put(Cbor(base::view(frame.text)));
      case Open::TextChunks:
        return put(Cbor(std::move(frame.text)));
    }
  }

  void close_map(CborArray items) {
    if (items.size() % 2 != 0) return refuse("odd map");
    CborMap pairs;
    pairs.reserve(items.size() / 2);
    std::set<Bytes> keys;
    for (std::size_t i = 0; i < items.size(); i += 2) {
      if (!keys.insert(encode(items[i])).second) return refuse("equal keys");
      pairs.emplace_back(std::move(items[i]), std::move(items[i + 1]));
    }
    put(Cbor(std::move(pairs)));
  }

  CborLimits limits_;
  std::size_t count_ = 0;
  std::vector<Frame> stack_;
  std::optional<Cbor> root_;
  Status status_;
};

Tree& tree_of(void* context) { return *static_cast<Tree*>(context); }

// Lengths are size_t in older and uint64_t in newer libcbor; the generic lambdas fit both.
cbor_callbacks callbacks_into_tree() {
  const auto unsigned_number = [](void* c, auto value) { tree_of(c).scalar(Cbor(std::uint64_t{value})); };
  const auto negative_number = [](void* c, auto value) {
    tree_of(c).scalar(Cbor(Cbor::Value(CborNegative{std::uint64_t{value}})));
  };
  const auto number = [](void* c, auto value) { tree_of(c).scalar(Cbor(static_cast<double>(value))); };
  cbor_callbacks calls = cbor_empty_callbacks;
  calls.uint8 = unsigned_number;
  calls.uint16 = unsigned_number;
  calls.uint32 = unsigned_number;
  calls.uint64 = unsigned_number;
  calls.negint8 = negative_number;
  calls.negint16 = negative_number;
  calls.negint32 = negative_number;
  calls.negint64 = negative_number;
  calls.float2 = number;
  calls.float4 = number;
  calls.float8 = number;
  calls.undefined = [](void* c) { tree_of(c).scalar(Cbor(Cbor::Value(CborUndefined{}))); };
  calls.null = [](void* c) { tree_of(c).scalar(Cbor()); };
  calls.boolean = [](void* c, bool value) { tree_of(c).scalar(Cbor(value)); };
  calls.byte_string = [](void* c, cbor_data bytes, auto size) {
    tree_of(c).bytes(ByteView(bytes, static_cast<std::size_t>(size)));
  };
  calls.string = [](void* c, cbor_data bytes, auto size) {
    tree_of(c).text(base::text_view(ByteView(bytes, static_cast<std::size_t>(size))));
  };
  calls.byte_string_start = [](void* c) { tree_of(c).open(Open::ByteChunks, true, 0); };
  calls.string_start = [](void* c) { tree_of(c).open(Open::TextChunks, true, 0); };
  calls.array_start = [](void* c, auto size) { tree_of(c).open(Open::Array, false, size); };
  calls.indef_array_start = [](void* c) { tree_of(c).open(Open::Array, true, 0); };
  calls.map_start = [](void* c, auto size) { tree_of(c).open(Open::Map, false, size); };
  calls.indef_map_start = [](void* c) { tree_of(c).open(Open::Map, true, 0); };
  calls.tag = [](void* c, auto value) { tree_of(c).open(Open::Tag, false, 1, std::uint64_t{value}); };
  calls.indef_break = [](void* c) { tree_of(c).end(); };
  return calls;
}

// Heads that libcbor's decoder does not take (some of them in some versions): simple values without a name
// and tags below 24 (RFC 8949 sections 3.3 and 3.4). Bytes used, 0 when it is none of them.
std::size_t read_short_head(ByteView bytes, Tree& tree) {
  const std::uint8_t head = bytes[0];
  if (head >= 0xC0 && head <= 0xD7) {
    tree.open(Open::Tag, false, 1, head - 0xC0u);
    return 1;
  }
  if (head >= 0xE0 && head < 0xF4) {
    tree.scalar(Cbor(Cbor::Value(CborSimple{static_cast<std::uint8_t>(head - 0xE0)})));
    return 1;
  }
  if (head != 0xF8 || bytes.size() < 2) return 0;
  if (bytes[1] < 32) {
    tree.refuse("simple value");
  } else {
    tree.scalar(Cbor(Cbor::Value(CborSimple{bytes[1]})));
  }
  return 2;
}

Result<Cbor> read_tree(ByteView bytes, CborLimits limits) {
  static const cbor_callbacks kCalls = callbacks_into_tree();
  Tree tree(limits);
  std::size_t at = 0;
  while (!tree.done()) {
    const ByteView rest = bytes.subspan(at);
    if (rest.empty()) return fail(Code::BadInput, "cut short");
    std::size_t used = read_short_head(rest, tree);
    if (used == 0) {
      const cbor_decoder_result step = cbor_stream_decode(rest.data(), rest.size(), &kCalls, &tree);
      if (step.status != CBOR_DECODER_FINISHED) return fail(Code::BadInput, "not well-formed");
      used = step.read;
    }
    if (tree.failed()) return tree.status().error();
    at += used;
  }
  if (at != bytes.size()) return fail(Code::BadInput, "more behind");
  return std::move(tree).take();
}

}  // namespace

Result<Cbor> decode(ByteView bytes, CborLimits limits) {
  MACHI_TRY_SET(value, read_tree(bytes, limits));
  if (!base::equal(encode(value), bytes)) return fail(Code::BadInput, "not deterministic");
  return value;
}

Result<Cbor> decode_lenient(ByteView bytes, CborLimits limits) { return read_tree(bytes, limits); }

}  // namespace machi::code
