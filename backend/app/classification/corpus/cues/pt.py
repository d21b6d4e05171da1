"""Portuguese cues (the main acts only)."""

from __future__ import annotations

from app.classification.act_names import Act

FRAGMENTS = {
    "CAND": r"candidatura|inscri[çc][ãa]o|curr[íi]culo|perfil|interesse",
    "VAGA": r"vaga|posi[çc][ãa]o|oportunidade|cargo|processo seletivo",
}

CUES: dict[Act, tuple[str, ...]] = {
    Act.THANKS: (r"@(obrigado|obrigada|agradecemos|agradeço) (?:\S+ ){0,8}(?:<CAND>|tempo|participa\w+)",),
    Act.AFTER_TALK: (r"@(obrigado|obrigada|agradecemos) (?:\S+ ){0,8}(?:entrevista|conversa|reuni[ãa]o)",),
    Act.RECEIVED: (
        r"@(recebemos|recebida|confirmamos) (?:\S+ ){0,6}(?:<CAND>)",
        r"(?:<CAND>) (?:\S+ ){0,8}@(recebida|enviada|registrada|confirmada)",
    ),
    Act.WILL_REVIEW: (
        r"@(analisar|analisaremos|avaliaremos|analisando|avaliar|analisada|avaliando) (?:\S+ ){0,5}(?:<CAND>|seu|sua|com)",
    ),
    Act.CONTACT_IF_MATCH: (r"@(contato|contacto|contactaremos) (?:\S+ ){0,5}(?:voc[êe]|caso|se|em breve)",),
    Act.DECLINE: (
        r"n[ãa]o (?:\S+ ){0,8}@(selecionado|selecionada|aprovado|aprovada|seguir|seguiremos|prosseguir|avançar|avançaremos|continuar|escolhido)",
        r"@(outro|outros|outra) (?:candidat\w+|perfil|perfis|profissiona\w+)",
    ),
    Act.REGRET: (r"@(infelizmente|lamentamos)",),
    Act.FILLED: (r"(?:<VAGA>) (?:\S+ ){0,8}@(preenchida|encerrada|cancelada|encerrado|fechada)",),
    Act.KEEP_ON_FILE: (
        r"@(banco) de (?:talentos|dados|curr[íi]culos)",
        r"@(futuras|próximas) (?:oportunidades|vagas)",
    ),
    Act.WISH_LUCK: (r"@(desejamos|sucesso|sorte) (?:\S+ ){0,6}(?:sucesso|sorte|jornada|carreira|busca|sua)",),
    Act.INVITE_TALK: (
        r"@(convidar|convidamos|agendar|gostaríamos|marcar|convite) (?:\S+ ){0,9}(?:entrevista|conversa|conversar|bate-papo|reuni[ãa]o)",
    ),
    Act.ASK_AVAILABILITY: (r"@(disponibilidade|horários|disponível)",),
    Act.FIXED_SLOT: (
        r"@entrevista (?:\S+ ){0,8}(?:agendada|confirmada|marcada)",
        r"@(confirmação|lembrete) (?:\S+ ){0,5}entrevista",
    ),
    Act.TEST_INVITE: (r"@(teste|desafio|avaliação) (?:\S+ )?(?:t[ée]cnic\w|online|pr[áa]tic\w|de)",),
    Act.OFFER_TERMS: (
        r"@(proposta|oferta|carta) (?:\S+ )?(?:de emprego|de trabalho|salarial|oferta)",
        r"@(contratado|contratada)",
        r"bem[- ]vindo (?:ao|à) @(equipe|time|equipa)",
    ),
    Act.PROGRESS: (r"(?:status|andamento|atualiza[çc][ãa]o) (?:\S+ ){0,3}@(candidatura|processo)",),
    Act.PITCH: (
        r"(?:vi|encontrei) (?:o )?seu @perfil",
        r"@(buscando|procurando|buscamos) (?:\S+ ){0,4}(?:um|uma|profissiona\w+)",
    ),
    Act.DIGEST_ITEM: (r"@(novas) vagas", r"@(alerta) de (?:emprego|vagas)"),
    Act.ACCOUNT: (
        r"@senha",
        r"c[óo]digo de @(verificação|segurança)",
    ),
    Act.COMMERCE: (r"@(pedido|fatura|entrega|compra|pagamento|boleto)",),
    Act.PROMOTION: (r"@(desconto|promoção|oferta especial|grátis|cupom)",),
    Act.CANDIDACY: (r"@(candidatura|candidato|candidata|recrutamento|vaga|entrevista|seletivo)",),
}
