// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a response's JSON, and its first line as a path into it: the layout and the tree
// agree about what JSON is, the layout changes only white space, and every value of the tree is a
// part of the text.
#include "ui/response/jsonformatter.h"
#include "ui/response/jsonpath.h"

#include <cstdint>
#include <cstdlib>

using namespace Qt::StringLiterals;
using namespace Sluice;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

void checkTree(const JsonTree &tree, const QByteArray &text)
{
    for (JsonTree::Node node = 0; node < tree.size(); ++node) {
        const QByteArrayView raw = tree.raw(node);
        require(!raw.isEmpty() && text.contains(raw));
        tree.key(node);
        tree.display(node);
        for (int row = 0; row < tree.childCount(node); ++row) {
            require(tree.parent(tree.child(node, row)) == node);
            require(tree.row(tree.child(node, row)) == row);
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray whole(reinterpret_cast<const char *>(data), qsizetype(size));
    const qsizetype line = whole.indexOf('\n');
    const QByteArray text = line < 0 ? whole : whole.sliced(line + 1);
    const FormattedJson formatted = formatJson(text);
    formatJson(text, true);
    const auto tree = JsonTree::parse(text);
    require(formatted.valid == tree.has_value());
    if (!tree)
        return 0;
    require(formatJson(formatted.text).text == formatted.text);
    checkTree(**tree, text);
    const auto found =
        selectByPath(**tree, QString::fromUtf8(line < 0 ? whole : whole.first(line)));
    if (!found)
        return 0;
    for (const JsonTree::Node node : *found) {
        // The normalized path of a result leads to it.
        const auto again = selectByPath(**tree, (*tree)->path(node));
        require(again && again->size() >= 1);
    }
    return 0;
}
