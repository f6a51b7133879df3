// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a file of a collection: reading never crashes, spans lie in the text, and an edit
// either fails and changes nothing or reads back as what was wanted.
#include "core/collection/requestdocument.h"

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

void checkSpans(const YamlNode &node, qsizetype size)
{
    require(0 <= node.begin && node.begin <= node.end && node.end <= size);
    require(0 <= node.keyBegin && node.keyBegin <= node.keyEnd && node.keyEnd <= size);
    for (const YamlNode &child : node.children)
        checkSpans(child, size);
}

/** Sets the value at \a path and takes it away again. */
void editAt(const YamlDocument &document, const YamlPath &path)
{
    YamlDocument edited = document;
    const QByteArray before = edited.text();
    const QString wanted = u"it's: #new\n"_s;
    if (edited.set(path, YamlValue::string(wanted))) {
        const YamlNode *node = edited.node(path);
        require(node && node->isScalar() && node->text == wanted);
    } else {
        require(edited.text() == before);
    }
    const QByteArray after = edited.text();
    if (!edited.remove(path))
        require(edited.text() == after);
}

void editAll(const YamlDocument &document, const YamlNode &node, const YamlPath &path, int &left)
{
    if (--left < 0)
        return;
    if (!path.empty())
        editAt(document, path);
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        const YamlStep step =
            node.isMapping() ? YamlStep(node.children[i].key) : YamlStep(qsizetype(i));
        editAll(document, node.children[i], path / step, left);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray text(reinterpret_cast<const char *>(data), qsizetype(size));
    const Result<YamlDocument> document = YamlDocument::parse(text, u"x.yml"_s);
    if (!document)
        return 0;
    checkSpans(document->root(), text.size());
    int edits = 20;
    editAll(*document, document->root(), {}, edits);

    Result<RequestDocument> request = RequestDocument::parse(text, u"x.yml"_s);
    if (!request)
        return 0;
    require(request->text() == text);
    RequestSpec spec = request->spec();
    require(request->setSpec(spec).has_value() && request->text() == text);
    if (spec.kind != RequestSpec::Kind::Http && spec.kind != RequestSpec::Kind::GraphQl)
        return 0;
    spec.name = u"{{name}}: 'x'"_s;
    spec.headers.push_back({u"X-New"_s, u"- a\n"_s, {}, false});
    if (request->setSpec(spec))
        require(request->spec() == spec);
    else
        require(request->text() == text);
    return 0;
}
