"""Spanish cues (the main acts only)."""

from __future__ import annotations

from app.classification.act_names import Act

FRAGMENTS = {
    "SOL": r"solicitud|candidatura|postulaci[óo]n|cv|curr[íi]culum|aplicaci[óo]n|perfil|inter[ée]s",
    "PUESTO": r"puesto|vacante|posici[óo]n|oferta|cargo|empleo|plaza",
}

CUES: dict[Act, tuple[str, ...]] = {
    Act.THANKS: (
        r"@(gracias|agradecemos|agradezco|agradecerle) (?:\S+ ){0,8}(?:<SOL>|tiempo|postular\w*|aplicar)",
    ),
    Act.AFTER_TALK: (r"@(gracias|agradecemos) (?:\S+ ){0,8}(?:entrevista|reuni[óo]n|conversaci[óo]n)",),
    Act.RECEIVED: (
        r"@(recibido|recibimos|recepción|recibida) (?:\S+ ){0,6}(?:<SOL>)",
        r"(?:<SOL>) (?:\S+ ){0,10}@(recibida|enviada|registrada|recibido|enviado)",
    ),
    Act.WILL_REVIEW: (
        r"@(revisaremos|evaluaremos|revisando|evaluando|revisará|revisar|analizando|analizaremos) (?:\S+ ){0,5}(?:<SOL>|detenidamente|su|tu)",
    ),
    Act.CONTACT_IF_MATCH: (
        r"@(contactaremos|comunicaremos|contacto|contactará|comunicará) (?:\S+ ){0,5}(?:con(?:tigo| usted)|si|en caso|pronto|pr[óo]ximamente)",
    ),
    Act.DECLINE: (
        r"no (?:\S+ ){0,8}@(seleccionado|seleccionada|elegido|elegida|continuar|continuaremos|avanzar|avanzaremos|proceder|seguir|ajusta|considerado)",
        r"@(otro|otros|otra) (?:candidat\w+|postulante\w*|perfil\w*|aspirante\w*)",
        r"ha sido @(rechazada|descartada|desestimada|descartado)",
    ),
    Act.REGRET: (r"@(lamentablemente|lamentamos|desafortunadamente|sentimos|desgraciadamente)",),
    Act.FILLED: (
        r"(?:<PUESTO>) (?:\S+ ){0,8}@(cubierta|cubierto|cerrada|cerrado|cancelada|cancelado|cubrir)",
    ),
    Act.KEEP_ON_FILE: (
        r"@(conservaremos|mantendremos|guardaremos|tendremos) (?:\S+ ){0,6}(?:<SOL>|base|datos|cuenta)",
        r"@(futuras|futuros) (?:oportunidades|vacantes|procesos)",
    ),
    Act.WISH_LUCK: (
        r"@(deseamos|éxito|éxitos|suerte) (?:\S+ ){0,6}(?:[ée]xitos?|suerte|mejor|b[úu]squeda|futur\w+|proceso)",
    ),
    Act.INVITE_TALK: (
        r"@(invitar|invitarle|invitarte|invitamos|agendar|programar|coordinar|concertar|gustaría|invitación) (?:\S+ ){0,9}(?:entrevista|reuni[óo]n|llamada|conversar|hablar)",
    ),
    Act.ASK_AVAILABILITY: (r"@(disponibilidad|disponible|horario|horarios)",),
    Act.FIXED_SLOT: (
        r"@entrevista (?:\S+ ){0,10}(?:programada|confirmada|agendada|tendr[áa] lugar|hora|fecha)",
        r"@(confirmar|confirmación|recordatorio) (?:\S+ ){0,6}entrevista",
    ),
    Act.TEST_INVITE: (
        r"@(evaluación|prueba) (?:\S+ ){0,10}(?:habilidades|completar|realizar|enlace|plazo)",
        r"@complete (?:una|la|el) (?:evaluaci[óo]n|prueba|test)",
        r"@(prueba|test|evaluación) (?:\S+ )?(?:t[ée]cnica|online|en l[íi]nea|pr[áa]ctica|de)",
        r"@(realizar|completar) (?:\S+ ){0,5}(?:prueba|evaluaci[óo]n|test|ejercicio)",
    ),
    Act.OFFER_TERMS: (
        r"@(ofrecerle|ofrecerte|oferta) (?:\S+ ){0,4}(?:puesto|laboral|de empleo|formal|de trabajo)",
        r"@(contrato|carta) (?:laboral|de trabajo|oferta)",
        r"@(bienvenido|bienvenida) al equipo",
    ),
    Act.PROGRESS: (
        r"(?:estado|actualizaci[óo]n|avance) (?:\S+ ){0,3}@(solicitud|candidatura|postulación|proceso)",
        r"@(cumple) (?:\S+ ){0,5}(?:requisitos)",
    ),
    Act.PITCH: (
        r"@(buscando|busca|buscamos) (?:\S+ ){0,4}(?:un|una|profesional\w*|perfil\w*|desarrollador\w*|ingenier\w+)",
        r"(?:vi|visto|encontr[ée]) tu @perfil",
    ),
    Act.DIGEST_ITEM: (
        r"@(nuevas|nuevos) (?:ofertas|empleos|vacantes)",
        r"@(alerta|alertas) de (?:empleo|trabajo)",
    ),
    Act.ACCOUNT: (
        r"@contraseña",
        r"c[óo]digo de @(verificación|seguridad)",
    ),
    Act.COMMERCE: (r"@(pedido|factura|envío|compra|pago|paquete)",),
    Act.PROMOTION: (r"@(descuento|promoción|rebajas|oferta especial|sorteo|gratis)",),
    Act.CANDIDACY: (
        r"@(candidatura|postulación|candidato|candidata|reclutamiento|vacante|postulante|entrevista|selección)",
        r"@(puesto|empleo|empleador)",
    ),
}
