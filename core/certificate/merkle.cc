// The tree and its proofs. Pure.
#include "core/certificate/merkle.h"

#include <algorithm>
#include <bit>

#include "core/crypto/sodium.h"

namespace machi::certificate {
namespace {

using base::Code;
using base::fail;

// The largest power of two below n, for n > 1.
std::uint64_t split(std::uint64_t n) { return std::bit_floor(n - 1); }

}  // namespace

Hash leaf_hash(base::ByteView leaf) {
  base::Bytes bytes{0};
  bytes.insert(bytes.end(), leaf.begin(), leaf.end());
  return crypto::sha256(bytes);
}

Hash node_hash(const Hash& left, const Hash& right) {
  base::Array<65> bytes{1};
  std::copy(left.begin(), left.end(), bytes.begin() + 1);
  std::copy(right.begin(), right.end(), bytes.begin() + 33);
  return crypto::sha256(bytes);
}

void MerkleTree::append(const Hash& leaf) {
  Hash next = leaf;
  for (std::size_t level = 0;; ++level) {
    if (levels_.size() == level) levels_.emplace_back();
    auto& row = levels_[level];
    row.push_back(next);
    if (row.size() % 2 != 0) return;
    next = node_hash(row[row.size() - 2], row.back());
  }
}

Hash MerkleTree::range(std::uint64_t from, std::uint64_t to) const {
  const std::uint64_t n = to - from;
  if (n == 0) return crypto::sha256({});
  if (std::has_single_bit(n) && from % n == 0)
    return levels_[static_cast<std::size_t>(std::countr_zero(n))][static_cast<std::size_t>(from / n)];
  const std::uint64_t k = split(n);
  return node_hash(range(from, from + k), range(from + k, to));
}

base::Result<Hash> MerkleTree::root(std::uint64_t size_asked) const {
  if (size_asked > size()) return fail(Code::NotFound, "no log of that size");
  return range(0, size_asked);
}

void MerkleTree::path(std::uint64_t number, std::uint64_t from, std::uint64_t to, Proof& out) const {
  if (to - from == 1) return;
  const std::uint64_t middle = from + split(to - from);
  if (number < middle) {
    path(number, from, middle, out);
    out.push_back(range(middle, to));
  } else {
    path(number, middle, to, out);
    out.push_back(range(from, middle));
  }
}

base::Result<Proof> MerkleTree::inclusion(std::uint64_t number, std::uint64_t size_asked) const {
  if (size_asked > size() || number >= size_asked) return fail(Code::NotFound, "no such leaf");
  Proof out;
  path(number, 0, size_asked, out);
  return out;
}

void MerkleTree::subproof(std::uint64_t older, std::uint64_t from, std::uint64_t to, bool whole,
                          Proof& out) const {
  if (older == to) {
    if (!whole) out.push_back(range(from, to));
    return;
  }
  const std::uint64_t middle = from + split(to - from);
  if (older <= middle) {
    subproof(older, from, middle, whole, out);
    out.push_back(range(middle, to));
  } else {
    subproof(older, middle, to, false, out);
    out.push_back(range(from, middle));
  }
}

base::Result<Proof> MerkleTree::consistency(std::uint64_t older, std::uint64_t newer) const {
  if (newer > size() || older > newer) return fail(Code::NotFound, "no log of that size");
  Proof out;
  if (older != 0 && older != newer) subproof(older, 0, newer, true, out);
  return out;
}

bool proves_inclusion(const Hash& leaf, std::uint64_t number, std::uint64_t size, std::span<const Hash> proof,
                      const Hash& root) {
  if (number >= size) return false;
  std::uint64_t fn = number, sn = size - 1;
  Hash r = leaf;
  for (const Hash& p : proof) {
    if (sn == 0) return false;
    if ((fn & 1) != 0 || fn == sn) {
      r = node_hash(p, r);
      while ((fn & 1) == 0 && fn != 0) {
        fn >>= 1;
        sn >>= 1;
      }
    } else {
      r = node_hash(r, p);
    }
    fn >>= 1;
    sn >>= 1;
  }
  return sn == 0 && r == root;
}

bool proves_consistency(std::uint64_t older, const Hash& older_root, std::uint64_t newer,
                        const Hash& newer_root, std::span<const Hash> proof) {
  if (older > newer) return false;
  if (older == newer) return proof.empty() && older_root == newer_root;
  if (older == 0) return proof.empty() && older_root == crypto::sha256({});
  Proof nodes(proof.begin(), proof.end());
  if (std::has_single_bit(older)) nodes.insert(nodes.begin(), older_root);
  if (nodes.empty()) return false;
  std::uint64_t fn = older - 1, sn = newer - 1;
  while ((fn & 1) != 0) {
    fn >>= 1;
    sn >>= 1;
  }
  Hash fr = nodes[0], sr = nodes[0];
  for (std::size_t i = 1; i < nodes.size(); ++i) {
    if (sn == 0) return false;
    if ((fn & 1) != 0 || fn == sn) {
      fr = node_hash(nodes[i], fr);
      sr = node_hash(nodes[i], sr);
      while ((fn & 1) == 0 && fn != 0) {
        fn >>= 1;
        sn >>= 1;
      }
    } else {
      sr = node_hash(sr, nodes[i]);
    }
    fn >>= 1;
    sn >>= 1;
  }
  return sn == 0 && fr == older_root && sr == newer_root;
}

}  // namespace machi::certificate
