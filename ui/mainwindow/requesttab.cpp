// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/requesttab.h"

#include "ui/request/authpanel.h"
#include "ui/request/bodypanel.h"
#include "ui/request/requestbar.h"
#include "ui/request/settingspanel.h"
#include "ui/request/tablepanels.h"
#include "ui/request/urlquery.h"
#include "ui/response/responseview.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/underlinetabs.h"
#include "ui/widgets/worker.h"

#include <QScopedValueRollback>
#include <QSplitter>
#include <QUndoStack>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sluice {

namespace {

template<typename Row>
qsizetype enabledCount(const std::vector<Row> &rows)
{
    return std::ranges::count_if(rows, &Row::enabled);
}

QString withCount(const QString &name, qsizetype count)
{
    return count == 0 ? name : u"%1 %2"_s.arg(name).arg(count);
}

} // namespace

RequestTab::RequestTab(std::shared_ptr<RequestBuffer> buffer, QUndoStack *history, QWidget *parent)
    : QWidget(parent), m_buffer(std::move(buffer)), m_history(history),
      m_message(new MessageBar(this)), m_bar(new RequestBar(&m_variables, this)),
      m_tabs(new UnderlineTabs(this)), m_splitter(new QSplitter(Qt::Vertical, this)),
      m_response(new ResponseView(this))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_variables.setRequest(context());
    addPages();
    m_bar->setMethod(spec().method);
    m_bar->setUrl(spec().url);
    auto *editor = new QWidget(this);
    auto *editorLayout = new QVBoxLayout(editor);
    editorLayout->setContentsMargins(0, 0, 0, 0);
    editorLayout->setSpacing(0);
    editorLayout->addWidget(m_bar);
    editorLayout->addWidget(m_tabs, 1);
    m_splitter->addWidget(editor);
    m_splitter->addWidget(m_response);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({232, 420});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_message);
    layout->addWidget(m_splitter, 1);
    connect(m_bar, &RequestBar::methodEdited, this, [this](const QString &method) {
        RequestSpec edited = spec();
        edited.method = method;
        edit(SpecPart::Method, std::move(edited));
    });
    connect(m_bar, &RequestBar::urlEdited, this, &RequestTab::urlEdited);
    connect(m_bar, &RequestBar::curlPasted, this, &RequestTab::curlPasted);
    connect(m_bar, &RequestBar::sendClicked, this, &RequestTab::sendRequested);
    connect(m_bar, &RequestBar::cancelClicked, this, &RequestTab::cancelRequested);
    connect(m_buffer.get(), &RequestBuffer::presented, this, &RequestTab::showAll);
    connect(m_buffer.get(), &RequestBuffer::changed, this, [this] {
        updateTitles();
        emit changed();
    });
    updateTitles();
}

RequestTab::~RequestTab() = default;

QString RequestTab::title() const
{
    if (!spec().name.isEmpty())
        return spec().name;
    return spec().url.isEmpty() ? tr("New request") : spec().url;
}

void RequestTab::addPages()
{
    static const std::array<const char *, PageCount> Names{
        QT_TR_NOOP("Params"), QT_TR_NOOP("Headers"),  QT_TR_NOOP("Body"), QT_TR_NOOP("Auth"),
        QT_TR_NOOP("Checks"), QT_TR_NOOP("Settings"), QT_TR_NOOP("Docs")};
    for (int i = 0; i < PageCount; ++i)
        m_tabs->addPage(tr(Names[std::size_t(i)]), [this, i] { return makePanel(Page(i)); });
    m_tabs->setObjectName(u"requestParts"_s);
    m_tabs->tabBar()->setAccessibleName(tr("Parts of the request"));
}

QWidget *RequestTab::makePanel(Page page)
{
    RequestPanel *panel = nullptr;
    switch (page) {
    case ParamsPage:
        panel = new ParamsPanel(&m_variables, this);
        break;
    case HeadersPage:
        panel = new HeadersPanel(&m_variables, this);
        break;
    case BodyPage:
        panel = new BodyPanel(&m_variables, this);
        break;
    case AuthPage:
        panel = new AuthPanel(&m_variables, this);
        break;
    case ChecksPage:
        panel = new ChecksPanel(&m_variables, this);
        break;
    case SettingsPage:
        panel = new SettingsPanel(this);
        break;
    case DocsPage:
        panel = new DocsPanel(this);
        break;
    case PageCount:
        Q_UNREACHABLE();
    }
    panel->load(spec());
    m_panels[page] = panel;
    connect(panel, &RequestPanel::edited, this, [this, page] { panelEdited(page); });
    return panel;
}

void RequestTab::panelEdited(Page page)
{
    static constexpr std::array<SpecPart, PageCount> Parts{
        SpecPart::Params, SpecPart::Headers,  SpecPart::Body, SpecPart::Auth,
        SpecPart::Checks, SpecPart::Settings, SpecPart::Docs};
    if (m_showing)
        return;
    RequestSpec edited = spec();
    m_panels[page]->store(edited);
    if (page == ParamsPage)
        m_bar->setUrl(edited.url);
    edit(Parts[page], std::move(edited));
}

void RequestTab::urlEdited(const QString &url)
{
    RequestSpec edited = spec();
    edited.params = paramsAfterUrlEdit(edited.url, url, edited.params);
    edited.url = url;
    edit(SpecPart::Url, std::move(edited));
    if (m_panels[ParamsPage]) {
        const QScopedValueRollback guard(m_showing, true);
        m_panels[ParamsPage]->load(spec());
    }
}

void RequestTab::edit(SpecPart part, RequestSpec edited)
{
    if (edited == spec())
        return;
    const RequestSpec before = spec();
    m_buffer->edit(edited);
    m_history->push(std::make_unique<SpecCommand>(part, m_buffer.get(), before, std::move(edited),
                                                  showInBuffer(m_buffer))
                        .release());
    // An action before the request defines a variable.
    if (part == SpecPart::Checks) {
        m_variables.setRequest(context());
        refreshVariables();
    }
}

SpecCommand::Apply RequestTab::showInBuffer(const std::shared_ptr<RequestBuffer> &buffer)
{
    return [buffer](const RequestSpec &shown) {
        buffer->reveal();
        buffer->goBackTo(shown);
    };
}

void RequestTab::showAll()
{
    const QScopedValueRollback guard(m_showing, true);
    m_variables.setRequest(context());
    m_bar->setMethod(spec().method);
    m_bar->setUrl(spec().url);
    for (RequestPanel *panel : m_panels) {
        if (panel)
            panel->load(spec());
    }
    refreshVariables();
}

void RequestTab::updateTitles()
{
    const RequestSpec &shown = spec();
    const QString auth = AuthPanel::summary(shown.auth, context().defaults);
    m_tabs->setTitle(ParamsPage, withCount(tr("Params"), enabledCount(shown.params)));
    m_tabs->setTitle(HeadersPage, withCount(tr("Headers"), enabledCount(shown.headers)));
    m_tabs->setTitle(BodyPage, shown.body.kind == BodySpec::Kind::None ? tr("Body") : tr("Body ●"));
    m_tabs->setTitle(AuthPage, auth.isEmpty() ? tr("Auth") : tr("Auth · %1").arg(auth));
    m_tabs->setTitle(ChecksPage, withCount(tr("Checks"), enabledCount(shown.assertions)));
    m_tabs->setTitle(DocsPage, shown.docs.isEmpty() ? tr("Docs") : tr("Docs ●"));
}

void RequestTab::setVariables(VariableInputs variables)
{
    m_variables.setInputs(std::move(variables));
    refreshVariables();
}

void RequestTab::refreshVariables()
{
    m_bar->refreshVariables();
    for (RequestPanel *panel : m_panels) {
        if (panel)
            panel->refreshVariables();
    }
}

void RequestTab::setSending(bool sending)
{
    m_sending = sending;
    m_bar->setSending(sending);
    if (sending)
        m_response->showSending();
    emit changed();
}

void RequestTab::showResult(std::shared_ptr<const SendResult> result)
{
    setSending(false);
    m_response->showResult(std::move(result));
}

void RequestTab::findInResponse()
{
    m_response->find();
}

void RequestTab::focusUrl()
{
    m_bar->focusUrl();
}

void RequestTab::setSideBySide(bool sideBySide)
{
    m_splitter->setOrientation(sideBySide ? Qt::Horizontal : Qt::Vertical);
}

} // namespace Sluice
